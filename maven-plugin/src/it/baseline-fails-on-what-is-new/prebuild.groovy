import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'target/first').toPath()).exploding('FraudModelTest.trains()')
SampleRuns.in(new File(basedir, 'target/second').toPath()).exploding('FraudModelTest.trains()').exploding('NewTest.trains()')
SampleRuns.in(new File(basedir, 'target/third').toPath()).healthy('FraudModelTest.trains()')
return true

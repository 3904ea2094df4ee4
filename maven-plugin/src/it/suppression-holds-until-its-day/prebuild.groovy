import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.exploding('FraudModelTest.trains()').vanishing('OtherTest.trains()')
return true

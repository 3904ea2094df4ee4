import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.healthy('FraudModelTest.trains()').healthy('ChurnModelTest.trains()')
return true

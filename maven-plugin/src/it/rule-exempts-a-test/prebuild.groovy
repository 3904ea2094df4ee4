import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.exploding('LegacyTest.trains()').exploding('FraudModelTest.trains()')
return true

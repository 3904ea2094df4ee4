import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target of this build/gradiometer').toPath())
runs.yesterday().exploding('FraudModelTest.trains()').healthy('ChurnModelTest.trains()')
return true

import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.exploding('it.ProbeTest').healthy('it.OtherTest')
return true

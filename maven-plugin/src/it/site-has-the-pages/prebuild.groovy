import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'target/gradiometer').toPath()).exploding('OneTest.trains()')
return true

import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'one/target/gradiometer').toPath()).exploding('OneTest.trains()')
SampleRuns.in(new File(basedir, 'two/target/elsewhere').toPath()).healthy('TwoTest.trains()')
// No dependency of the collecting module.
SampleRuns.in(new File(basedir, 'three/target/gradiometer').toPath()).healthy('ThreeTest.trains()')
return true

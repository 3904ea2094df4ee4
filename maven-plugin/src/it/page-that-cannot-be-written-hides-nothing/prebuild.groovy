import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'target/gradiometer').toPath()).exploding('FraudModelTest.trains()')
// In the page's place is what no file can take the place of.
new File(basedir, 'target/gradiometer/index.html/taken').mkdirs()
return true

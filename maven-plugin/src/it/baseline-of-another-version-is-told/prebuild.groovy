import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'target/gradiometer').toPath()).healthy('FraudModelTest.trains()')
new File(basedir, 'gradiometer-baseline.txt').text = '# gradiometer/baseline/2\n'
return true

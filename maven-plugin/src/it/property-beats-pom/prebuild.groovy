import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.exploding('FraudModelTest.trains()')

def testClasses = new File(basedir, 'target/test-classes')
testClasses.mkdirs()
new File(testClasses, 'gradiometer.properties').text = 'gradiometer.failOn = info\n'
return true

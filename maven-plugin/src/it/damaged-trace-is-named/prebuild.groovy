import io.gradiometer.maven.SampleRuns

def runs = SampleRuns.in(new File(basedir, 'target/gradiometer').toPath())
runs.withTraceCutOff('CutTrace').withDiagnosisCutOff('CutDiagnosis').healthy('ChurnModelTest.trains()')
return true

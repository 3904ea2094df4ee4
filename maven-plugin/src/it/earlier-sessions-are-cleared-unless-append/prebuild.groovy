import io.gradiometer.maven.SampleRuns

SampleRuns.in(new File(basedir, 'target of this build/gradiometer').toPath()).session('20200101-000000-99999999')
        .yesterday().healthy('FraudModelTest.trains()')
return true

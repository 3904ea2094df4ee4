import io.gradiometer.maven.SampleRuns

['one', 'two'].each { module ->
    SampleRuns.in(new File(basedir, "$module/target/gradiometer").toPath()).healthy("Test of $module")
}
return true

def log = new File(basedir, 'build.log').text

assert log.contains("configuration has 3 mistakes")
assert log.contains("(pom.xml, <rules>): has no <severity>; it takes one of error, warning, info, never")
assert log.contains("gradiometer.failOn (pom.xml, <failOn>): 'eror' is not one of error, warning, info, never; did you mean 'error'?")
assert log.contains("gradiometer.failIfNodata (pom.xml, <properties>): no such setting; did you mean 'gradiometer.failIfNoData'?")
assert log.contains('MojoExecutionException')

def log = new File(basedir, 'build.log').text

assert log.contains("(pom.xml, <rules>): 'vanishing-gradiant' is no finding id; did you mean 'vanishing-gradient'?")
assert log.contains('MojoExecutionException')

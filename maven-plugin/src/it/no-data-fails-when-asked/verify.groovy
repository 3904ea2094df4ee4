def log = new File(basedir, 'build.log').text

assert log.contains('No training run was recorded in ' + new File(basedir, 'target/gradiometer'))
assert log.contains('no test watches a network')
assert log.contains('MojoFailureException')

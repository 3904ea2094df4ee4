def log = new File(basedir, 'build.log').text

assert log.contains('0 networks observed: no training run was recorded in ' + new File(basedir, 'target/gradiometer'))
assert log.contains('this module has no tests')
assert log.contains('MojoFailureException')

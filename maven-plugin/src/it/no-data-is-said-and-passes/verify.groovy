def log = new File(basedir, 'build.log').text

assert log.contains('[INFO] 0 networks observed: no training run was recorded in ' + new File(basedir, 'target/gradiometer'))
assert log.contains('The likely reason: this module has no tests')
assert !new File(basedir, 'target/gradiometer').exists()

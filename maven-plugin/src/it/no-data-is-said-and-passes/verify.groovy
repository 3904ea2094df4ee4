def log = new File(basedir, 'build.log').text

assert log.contains('[INFO] No training run was recorded in ' + new File(basedir, 'target/gradiometer'))
assert log.contains('no test watches a network')
assert log.contains('forkCount=0')
assert !new File(basedir, 'target/gradiometer').exists()

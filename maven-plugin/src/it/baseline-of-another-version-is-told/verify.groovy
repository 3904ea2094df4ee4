def log = new File(basedir, 'build.log').text

assert log.contains("${new File(basedir, 'gradiometer-baseline.txt')} is of version 2, and this is version 1; write it anew with -Dgradiometer.baseline.update")
assert log.contains('Failed to execute goal')
assert new File(basedir, 'gradiometer-baseline.txt').readLines()[0] == '# gradiometer/baseline/1'

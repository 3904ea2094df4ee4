def log = new File(basedir, 'build.log').text

assert log.count('1 training run: 1 sick; 1 error. Page:') == 1
assert log.count('1 training run: 1 sick; 1 error; 1 finding breaks a rule. Page:') == 1
assert log.indexOf('BUILD SUCCESS') < log.indexOf('BUILD FAILURE')

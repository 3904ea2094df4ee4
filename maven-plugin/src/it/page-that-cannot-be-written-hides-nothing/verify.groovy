def log = new File(basedir, 'build.log').text

assert log.contains('[WARNING] [exploding-gradient] FraudModelTest.trains()')
assert log.contains('1 training run: 1 sick; 1 error; 1 finding breaks a rule. Page: not written, ')

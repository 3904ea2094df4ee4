def log = new File(basedir, 'build.log').text

assert log.contains('[exploding-gradient] FraudModelTest.trains()')
assert !log.contains('[exploding-gradient] LegacyTest.trains()')
assert log.contains("[WARNING] Rule 'pom-2' matches nothing: no run has a test '*GoneTest*' with a layer '*'.")
assert log.contains('2 training runs: 2 sick; 2 errors; 1 finding breaks a rule')

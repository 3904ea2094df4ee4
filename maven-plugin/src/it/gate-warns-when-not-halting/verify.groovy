def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/gradiometer/index.html')

assert log.contains('[WARNING] [exploding-gradient] FraudModelTest.trains()')
assert log.contains('[WARNING] 1 training run: 1 sick; 1 error; 1 finding breaks a rule. Page: ' + page.toPath().toUri())
assert log.contains('BUILD SUCCESS')

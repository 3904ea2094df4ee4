def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/gradiometer/index.html')

assert log.contains("[WARNING] [exploding-gradient] FraudModelTest.trains(): The gradient grew 4000 times")
assert log.contains("layers 'dense_2', 'out', iterations 12 to 80 (error)")
assert log.contains('gradient growth 4000 (limit 1000)')
assert log.contains('lower the learning rate: 0.1 -> 0.0032')

def failure = log.readLines().find { it.contains('Failed to execute goal') }
assert failure.contains('2 training runs: 1 healthy, 1 sick; 1 error; 1 finding breaks a rule. Page: ' + page.toPath().toUri())
assert log.contains('MojoFailureException')
assert page.file

def log = new File(basedir, 'build.log').text
def failure = log.readLines().find { it.contains('Failed to execute goal') }

assert failure.contains('0 networks observed')
assert !log.contains('exploding-gradient')
return true

def log = new File(basedir, 'build.log').text
def outcomes = log.readLines().findAll { it =~ /0 networks observed|Called alone|1 training run: / }

assert outcomes.size() == 5
assert outcomes[0].contains('0 networks observed') && outcomes[0].contains('this module has no tests')
assert outcomes[1].contains('Called alone')
assert outcomes[2].contains('1 training run: 1 healthy')
assert outcomes[3].contains('0 networks observed')
assert outcomes[4].contains('0 networks observed')
return true

def log = new File(basedir, 'build.log').text
def baseline = new File(basedir, 'gradiometer-baseline.txt')
def builds = log.split('Scanning for projects')

assert builds[1].contains('1 training run: 1 sick; 1 error; 1 finding breaks a rule')
assert builds[2].contains("Baseline written to ${baseline}; findings in it: 1, before: 0.")
assert builds[2].contains('1 training run: 1 healthy; 1 baseline.')
assert builds[3].contains('1 training run: 1 healthy; 1 baseline.')
assert builds[4].contains('[exploding-gradient] NewTest.trains()')
assert !builds[4].contains('[exploding-gradient] FraudModelTest.trains()')
assert builds[5].contains("Findings of the baseline that are gone: 1 of 1; -Dgradiometer.baseline.update drops them.")
assert builds[6].contains("Baseline written to ${baseline}; findings in it: 0, before: 1.")
assert baseline.readLines()[0] == '# gradiometer/baseline/1'
assert baseline.readLines().every { it.startsWith('#') }

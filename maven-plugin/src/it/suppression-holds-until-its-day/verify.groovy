import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text

assert !log.contains('[exploding-gradient]')
assert log.contains('[vanishing-gradient] OtherTest.trains()')
assert log.contains("[WARNING] Suppression 'pom-2' (was to be mended in January) has expired on 2026-01-31: what it held back counts again.")
assert log.contains('2 training runs: 1 healthy, 1 suspect; 1 warning, 1 suppressed; 1 finding breaks a rule')

def diagnoses = []
new File(basedir, 'target/gradiometer').eachFileRecurse { if (it.name == 'diagnosis.json') diagnoses << new JsonSlurper().parse(it) }
def held = diagnoses.find { it.run.title == 'FraudModelTest.trains()' }
assert held.health == 'healthy'
assert held.findings[0].status == 'suppressed'
assert held.configuration['gradiometer.suppress.pom-1'] ==
    'id=exploding-gradient; test=FraudModelTest*; layer=dense_*; until=2126-12-31; reason=is replaced, with the new encoder'

import groovy.json.JsonSlurper

def diagnoses = []
basedir.eachFileRecurse { if (it.name == 'diagnosis.json') diagnoses << new JsonSlurper().parse(it) }
assert diagnoses.size() == 1
def statuses = diagnoses[0].findings.collectEntries { [it.id, it.status] }
assert statuses['vanishing-gradient'] == 'suppressed'
assert statuses['loss-not-decreasing'] == 'baseline'
assert statuses['activation-too-deep'] == 'open'

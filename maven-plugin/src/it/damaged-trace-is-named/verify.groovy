def log = new File(basedir, 'build.log').text

def warnings = log.readLines().findAll { it.startsWith('[WARNING]') && it.contains(basedir.path) }
assert warnings.size() == 2
assert warnings.any { it.contains('CutTrace-1') && it.contains('trace.bin') && it.contains('cut off') }
assert warnings.any { it.contains('CutDiagnosis-1') && it.contains('diagnosis.json') }
assert log.contains('[INFO] 3 training runs: 2 healthy, 1 unreadable; no finding. Page: ')

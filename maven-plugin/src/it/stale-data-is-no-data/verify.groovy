def log = new File(basedir, 'build.log').text
def failure = log.readLines().find { it.contains('Failed to execute goal') }

assert failure.contains('No training run was recorded in this build. Of an earlier one: ')
assert failure.contains('Page: file:///')
return true

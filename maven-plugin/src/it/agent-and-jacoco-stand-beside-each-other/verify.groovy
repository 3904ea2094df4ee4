def log = new File(basedir, 'build.log').text

assert log.count('ProbeTest: agent true') == 2
// JaCoCo writes it when the JVM in which it ran has ended.
assert log.count('argLine set to') == 4
assert new File(basedir, 'target of this build/jacoco.exec').file
return true

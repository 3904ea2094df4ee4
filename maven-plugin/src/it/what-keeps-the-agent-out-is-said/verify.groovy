def log = new File(basedir, 'build.log').text

assert log.count('ProbeTest: agent false') == 2
assert log.contains('[WARNING] maven-surefire-plugin has an <argLine> that leaves the agent out')
assert log.contains('<argLine>@{argLine} -Xmx64m</argLine>')
assert log.contains('[WARNING] maven-surefire-plugin has <forkCount>0</forkCount> and so no JVM of its own')
assert log.count('0 networks observed') == 3
assert log.count('The likely reason: maven-surefire-plugin has ') == 2
assert log.contains('The likely reason: the tests were skipped')
return true

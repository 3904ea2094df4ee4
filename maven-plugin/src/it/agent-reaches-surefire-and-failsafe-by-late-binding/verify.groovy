def log = new File(basedir, 'build.log').text
def told = { name -> log.readLines().findAll { it.contains(name + ': agent ') } }

['FirstTest': 'unit', 'SecondTest': 'unit', 'ProbeIT': 'integration'].each { name, marker ->
    def lines = told(name)
    assert lines.size() == 2
    // Prepared, with the setting that the POM has for check.
    assert lines[0].contains("agent true, marker ${marker}, failOn warning")
    // Skipped.
    assert lines[1].contains("agent false, marker ${marker}")
}
def firstBuild = ['FirstTest', 'SecondTest', 'ProbeIT'].collect { told(it)[0] }
assert firstBuild.collect { (it =~ /jvm (\d+)/)[0][1] }.unique().size() == 3
assert firstBuild.collect { (it =~ /session (.+?);/)[0][1] }.unique().size() == 1
assert log.contains('0 networks observed')
assert log.contains('the agent was there, but no test trained')
return true

import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

def log = new File(basedir, 'build.log').text
assert log.contains("gradiometer.formats (system property): 'jnuit' is not one of html, json, sarif, junit, markdown, github, csv; did you mean 'junit'?")

['target/gradiometer', 'target/gradiometer-aggregate'].each { folder ->
    def file = { new File(basedir, "$folder/$it") }
    assert file('index.html').file

    def results = new JsonSlurper().parse(file('gradiometer.sarif')).runs[0].results
    assert results*.ruleId == ['exploding-gradient']
    assert results[0].locations[0].physicalLocation.artifactLocation.uri.endsWith('src/test/java/it/ProbeTest.java')

    assert new JsonSlurper().parse(file('gradiometer.json')).runs.size() == 2
    def suites = new XmlSlurper().parse(file('gradiometer.xml'))
    assert suites.@failures == '1' && suites.@tests == '2'
    assert file('gradiometer.md').text.contains('2 training runs: 1 sick, 1 healthy.')
    assert file('gradiometer-github.txt').text.startsWith('::error file=')

    def table = file('gradiometer.csv').readLines()
    assert table.size() == 3
    table.drop(1).each { row ->
        def series = row.split(',').find { it.endsWith('series.csv') }
        assert file(series).readLines().size() > 3
    }
}
return true

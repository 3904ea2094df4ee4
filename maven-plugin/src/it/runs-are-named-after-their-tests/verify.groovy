import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
def runs = []
new File(basedir, 'target of this build/gradiometer').eachFileRecurse {
    if (it.name == 'diagnosis.json') {
        runs << new JsonSlurper().parse(it)
    }
}
def titles = runs*.run.title

assert titles.count('TrainsTest.by_itself()') == 1
assert titles.count('TrainsTest.on_a_thread_of_its_own()') == 1
assert titles.count('TrainsTest.with_parameters(int) [1] 1') == 1
assert titles.count('TrainsTest.with_parameters(int) [2] 2') == 1
// The whole class was begun again, for the sake of one test.
assert titles.count('TrainsTest') == 2
assert titles.count('TrainsTest.sick_at_first()') == 2
def second = runs.find { it.run.title == 'TrainsTest.sick_at_first()' && it.run.test.attempt == 2 }
assert second.health != 'sick'
assert log =~ /\[WARNING\] TrainsTest\.sick_at_first\(\) is flaky: sick, then \w+; the last result counts/
assert log.contains('6 training runs: ')
return true

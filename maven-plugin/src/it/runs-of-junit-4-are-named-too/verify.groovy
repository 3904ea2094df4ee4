import groovy.json.JsonSlurper

def titles = []
new File(basedir, 'target of this build/gradiometer').eachFileRecurse {
    if (it.name == 'diagnosis.json') {
        titles << new JsonSlurper().parse(it).run.title
    }
}

assert titles.sort() == ['OldStyleTest.prepare()', 'OldStyleTest.trains()', 'OldStyleTest.trainsTwice()', 'OldStyleTest.trainsTwice()']
return true

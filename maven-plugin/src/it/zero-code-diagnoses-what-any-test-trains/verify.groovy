def log = new File(basedir, 'build.log').text
def says = { text -> log.contains(text) }
def page = new File(basedir, 'target of this build/gradiometer/index.html')

// Red: the test, the layer, the cause, the remedy and the page.
assert says('[WARNING] [vanishing-gradient] SickTest.trains(): The error signal fades')
assert says("layer0")
assert says('activation-too-deep')
assert says('replace sigmoid by relu')
def failure = log.readLines().find { it.contains('Failed to execute goal') }
assert failure.contains('gradiometer-maven-plugin')
assert failure =~ /1 training run: 1 sick; .* break a rule\. Page: file:/

// Green: and nothing of the first build is left to be judged.
assert says('1 training run: 1 healthy')
def sessions = new File(basedir, 'target of this build/gradiometer').listFiles().findAll { it.directory && it.name.endsWith('-build') }
assert sessions.size() == 1
assert page.text.contains('RepairedTest.trains()') && !page.text.contains('SickTest.trains()')
return true

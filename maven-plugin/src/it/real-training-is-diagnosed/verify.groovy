def log = new File(basedir, 'build.log').text
// Asked through this, a failed assertion does not print the whole log.
def says = { text -> log.contains(text) }
def page = new File(basedir, 'target/gradiometer/index.html')

// First build: green, and it says what it saw.
assert says('1 training run: 1 healthy')

// Second build: the test's own message says what, where and what to try, and ends with the page.
assert says('[vanishing-gradient] The error signal fades by a factor of')
assert says('likely cause: 10 layers of sigmoid in a row')
assert says('replace sigmoid by relu')
assert says('page  file:///')

// Third build: the tests' failure was ignored, the gate's was not.
def failures = log.readLines().findAll { it.contains('Failed to execute goal') }
assert failures[0].contains('maven-surefire-plugin')
assert failures[1].contains('gradiometer-maven-plugin')
// How many findings one disease has is the detectors' business; the gate has to count them all.
def counted = failures[1] =~ /1 training run: 1 sick; (\d+) errors, \d+ infos; (\d+) findings break a rule\. /
assert counted.find() && counted.group(1) == counted.group(2)
assert failures[1].contains('Page: ' + page.toPath().toUri())
assert ['vanishing-gradient', 'layer0'].every { page.text.contains(it) }
return true

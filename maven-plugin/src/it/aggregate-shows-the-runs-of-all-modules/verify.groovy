def log = new File(basedir, 'build.log').text
def folder = new File(basedir, 'all/target/gradiometer-aggregate')
def page = new File(folder, 'index.html')

assert log.contains('Page of 2 training runs of 2 modules: ' + page.toPath().toUri())
assert page.text.contains('OneTest.trains()') && page.text.contains('TwoTest.trains()')
assert !page.text.contains('ThreeTest')
def runs = new File(folder, 'runs').listFiles()
assert runs.size() == 2 && runs.every { new File(it, 'index.html').text.contains('../../index.html') }

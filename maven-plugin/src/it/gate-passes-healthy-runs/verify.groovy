def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/gradiometer/index.html')

assert log.contains('[INFO] 2 training runs: 2 healthy; no finding. Page: ' + page.toPath().toUri())
assert !log.contains('[WARNING] [')
assert page.file

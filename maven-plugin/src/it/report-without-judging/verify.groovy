def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/gradiometer/index.html')

assert log.contains('[INFO] Page of 1 training run: ' + page.toPath().toUri())
assert !log.contains('[WARNING] [')
assert page.file

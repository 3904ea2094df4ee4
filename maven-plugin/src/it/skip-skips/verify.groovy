def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/gradiometer/index.html')

assert log.contains('[INFO] Skipped, because gradiometer.skip is set.')
assert !page.exists()

def log = new File(basedir, 'build.log').text

assert !log.contains('[WARNING]')
assert log.contains('[INFO] No training runs here.')
for (module in ['one', 'two']) {
    def page = new File(basedir, "$module/target/gradiometer/index.html")
    assert page.file
    assert log.contains('1 training run: 1 healthy; no finding. Page: ' + page.toPath().toUri())
}

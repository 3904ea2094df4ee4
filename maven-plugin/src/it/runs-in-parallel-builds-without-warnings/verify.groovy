def log = new File(basedir, 'build.log').text

// Maven 4 warns of repositories that do not answer; that is between the two of them.
def warnings = log.readLines().findAll { it.startsWith('[WARNING]') && !it.contains('Could not transfer') }
assert warnings.empty
assert log.contains('[INFO] No training runs here.')
for (module in ['one', 'two']) {
    def page = new File(basedir, "$module/target/gradiometer/index.html")
    assert page.file
    assert log.contains('1 training run: 1 healthy; no finding. Page: ' + page.toPath().toUri())
}

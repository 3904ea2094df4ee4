def site = new File(basedir, 'target/site')

assert new File(site, 'gradiometer/index.html').text.contains('OneTest.trains()')
def runs = new File(site, 'gradiometer/runs').listFiles()
assert runs.size() == 1 && new File(runs[0], 'index.html').file
assert site.listFiles().findAll { it.name.endsWith('.html') }.any { it.text.contains('gradiometer/index.html') }

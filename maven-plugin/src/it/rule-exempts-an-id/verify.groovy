def log = new File(basedir, 'build.log').text

assert log.contains('[INFO] 1 training run: 1 sick; 1 error. Page: ')
assert !log.contains('[WARNING] [')

new File(basedir, 'gradiometer-baseline.txt').text = """\
# gradiometer/baseline/1
it.SickTest#trains | loss-not-decreasing
"""
return true

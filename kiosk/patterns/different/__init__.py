"""Different from usual: the weekly list of children whose last days are not like their others.

usual        who is on it, and why: the method
plain_rules  rules anybody can check on their fingers, which a school may switch on beside it
weeks        which weeks have a list
making       making it, once
entries      the list as it is talked about, and what happened next with each child on it
of_child     the lists on which one child stood
words        the sentence that stands there about a child
sheets       the list as a file
simulation   what the method finds, and what it names for nothing: made-up children
series       the same of real series, from a file
report       both, printed: kiosk patterns-report
method       the figures that the method's own page shows
"""

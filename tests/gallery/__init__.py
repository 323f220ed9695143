"""The gallery: every component in every state, for whoever works on Treetops. ``make gallery`` serves it.

It stands beside the tests because it is no part of the product: what a school installs cannot have it. The checks
of accessibility, markup, contrast and size look at the same examples: a new one is checked without another test.
"""

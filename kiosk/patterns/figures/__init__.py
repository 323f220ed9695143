"""The reckoning that the rooms share. All of it is pure: no Flask, no database.

spread       the middle of some answers: medians and counts, never a mean
xmr          a chart of school days or weeks with its limits, and what stands out in it
chance       how often something stands out although nothing changes, by simulation
minutes      times as whole minutes: what has passed, a middle, a percentile
periods      the stretches of days that can be asked for: weeks, half terms, terms, the school year
suppression  which classes and years may be shown, so that nothing can be worked out about one to four children
cuts         the same of houses and lists, which cut across classes
"""

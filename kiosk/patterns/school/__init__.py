"""Classes and school: figures of classes, years, the school, houses and lists; never of fewer than five children.

store        what the page asks for; the look is recorded
groups       how figures are put together from the hours that may be shown
group_days   what may be shown of each day, kept in memory for years side by side
heat         which hours of the week stand out
words        how it is told
sheets       the same as a file
lists        lists that staff make
cut_store    figures of houses and lists, week by week
models       the tables of both
"""

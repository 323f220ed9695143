"""Questions asked of feelings and chats over time: a room for each view that a school can switch on.

today        one school day
different    the weekly list of who is different from usual
connections  who is not heard from, who is named by whom, what adults carry, how long children wait
school       figures of classes, years, the school, houses and lists
child        one child over time

out          what leaves the house: tables, files, tokens for the school's own programs
figures      the reckoning, all of it pure

Above the rooms stands what they share: the tables (``models``), which day is asked for (``days``) and which were
school days (``school_days``), whether a view is on and that somebody looked (``looking``), what is made once and
then stands (``once``), and how times, steps and counts are said (``words``).
"""

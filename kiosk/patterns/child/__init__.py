"""One child over time.

looking     what the page asks for; the look is recorded
store       what it reads
over_time   how that is put together: dots, times of day, talks
turn        whether hard answers became more or fewer towards the end
words       how it is told
sheets      the same as a file
chronology  everything that happened around the child, for the school's own safeguarding records
children    every child by class, to find one
left_out    who is left out of patterns; every room in which children stand by name asks it
"""

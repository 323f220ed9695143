"""Today, and each day before it: who checked in and how, who is silent, who waits.

looking    what the page asks for; the look is recorded
store      what it reads
told       what that is: children, steps, requests
hard       whose day is hard, morning and afternoon, and whether they asked for somebody
rules      how that is put together
words      how it is told
good_news  what is worth noticing; good_news_store reads it
hello      the children whom every adult greets by name
"""

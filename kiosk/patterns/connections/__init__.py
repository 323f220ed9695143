"""Silence and connections: what a list of feelings cannot show.

store        what the page asks for; the look is recorded
silence      who is not heard from, whose adults are few, and how long a wait was
carried      what each adult carries
adults_store the adults whom children name, as they stand today
asked_store  the requests behind both
unmet_store  the requests that nobody met
sheets       all of that as a file
naming       who is named by whom, as a map; naming_store reads it
waits        how long children waited in a month, for programs; wait_store keeps it
"""

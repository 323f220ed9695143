"""How adults keep a child in mind: script and plan, cards, the Noticed book, planned times, proper endings."""

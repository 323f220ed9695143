"""A request's life, from being asked to its end."""

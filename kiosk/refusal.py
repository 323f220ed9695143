"""The one kind of failure that is said to a person as it is."""

from __future__ import annotations


class Refusal(Exception):
    """Something that cannot be done. The message is a plain sentence: what is in the way, and what to do."""

"""The one kind of failure that is said to a person as it is."""

from __future__ import annotations

from kiosk.wording import Sentence


class Refusal(Exception):
    """Something that cannot be done. The message is a plain sentence: what is in the way, and what to do.

    ``said`` is the sentence for a page, in the reader's language; as a text the refusal is in English.
    """

    def __init__(self, words: str = "", /, **values: object) -> None:
        self.said = words if isinstance(words, Sentence) and not values else Sentence(words, **values)
        super().__init__(str(self.said))

"""The demo's passwords can be read out and typed, and are the same every time."""

from __future__ import annotations

from kiosk.demo.words import WORDS, three_words


def test_a_password_is_three_words_and_long_enough():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    shortest = sum(sorted(map(len, WORDS))[:3]) + 2
    assert shortest >= 12
    assert three_words(1, "ali").count("-") == 2


def test_it_is_the_same_for_the_same_person_and_another_for_another():
    assert three_words(1, "ali") == three_words(1, "ali")
    assert len({three_words(1, "ali"), three_words(1, "bell"), three_words(2, "ali")}) == 3

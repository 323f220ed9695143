"""What the weekly list says about a child, kept and then read in Welsh: every sentence there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kiosk.feelings.rules import CALM_IS_1, CALM_IS_5
from kiosk.patterns.different.plain_rules import DayOfChild, sentences
from kiosk.patterns.different.usual import Different
from kiosk.patterns.different.words import different_words
from kiosk.web.languages import _, in_one_language, init_languages
from kiosk.wording import Sentence, packed, unpacked
from tests.unit.test_plain_rules import MONDAY, OFF

EVERY_RULE = OFF | {
    "rule_hard_answers": "3 in 10",
    "rule_hard_running": "2",
    "rule_always_same": "5",
    "rule_sudden_move": "1",
    "rule_weekends": "yes",
}


@pytest.fixture(scope="module", autouse=True)
def in_welsh() -> Iterator[None]:
    """Somebody reads in Welsh."""
    app = Flask("pages")
    init_languages(app)
    with app.test_request_context("/", headers={"Accept-Language": "cy"}):
        yield


def counts(**others: int | float | bool) -> Different:
    """Hard on four of the last five days, usually on 4 of 40."""
    usual = {"usual_hard": 4, "usual_answered": 40, "school_share": 0.05}
    found = {"days": 5, "answered": 5, "hard": 4, "least": 4, "strength": 6.0, **usual, **others}
    return Different(pupil_id=7, **found)  # type: ignore[arg-type]


def read_in_welsh(sentence: Sentence) -> str:
    """As a page says it that was asked for years later."""
    again = unpacked(packed(sentence))
    assert again == sentence
    assert in_one_language(again) == (_(again), "")
    return _(again)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            counts(),
            "Ar 4 o’r 5 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 4 neu 5; fel arfer ar 4 o 40 diwrnod.",
        ),
        (
            counts(hard=5, usual_hard=0),
            "Ar bob un o’r 5 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 4 neu 5; "
            "fel arfer ar ddim un o 40 diwrnod.",
        ),
        (
            counts(days=10, answered=4, hard=4, least=3, usual_hard=38, usual_answered=38),
            "Ar bob un o’r 4 diwrnod ag ateb ymysg y 10 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 3 "
            "neu’n anoddach; fel arfer ar bob un o’r 38 diwrnod.",
        ),
        (
            counts(answered=4, hard=3, least=5, usual_answered=6),
            "Ar 3 o’r 4 diwrnod ag ateb ymysg y 5 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 5; "
            "dim ond 6 diwrnod cynharach sydd i gymharu â nhw, ac yn yr ysgol gyfan mae felly ar 5 o 100 diwrnod.",
        ),
        (
            counts(calmer=True, usual_answered=5, school_share=0.004),
            "Ar 4 o’r 5 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 1 neu 2; "
            "dim ond 5 diwrnod cynharach sydd i gymharu â nhw, ac yn yr ysgol gyfan mae felly ar lai "
            "nag 1 o 100 diwrnod.",
        ),
    ],
)
def test_what_is_different(found: Different, said: str) -> None:
    assert read_in_welsh(different_words(found, CALM_IS_1)) == said


def test_every_form_of_it_is_there() -> None:
    """All days or some, with days without an answer or none, each usual, each step, both ends of the scale."""
    lately = [{"answered": answered, "hard": hard} for answered in (5, 4) for hard in (answered, 3)]
    few = [{"usual_answered": 6, "school_share": share} for share in (0.05, 0.001)]
    usual: list[dict[str, float]] = [{"usual_hard": 0}, {"usual_hard": 40}, {"usual_hard": 4}, *few]
    steps = [{"least": least, "calmer": calmer} for least in (2, 3, 4, 5) for calmer in (False, True)]
    said = {
        read_in_welsh(different_words(counts(**one, **two, **three), direction))
        for one, two, three, direction in product(lately, usual, steps, (CALM_IS_1, CALM_IS_5))
    }
    ten_steps = 10
    """1, 1 or 2, 4 or 5 and 5; 2, 3 and 4 or harder; 2, 3 and 4 or calmer."""
    assert len(said) == len(lately) * len(usual) * ten_steps
    assert not [one for one in said if "day" in one or "hard" in one or "%" in one]


@pytest.mark.parametrize(
    ("answers", "rules", "said"),
    [
        (
            [4, 1, 5, None, 4, 1, 4, 1, 1, 1],
            {"rule_hard_answers": "4 in 10"},
            "Ar 4 o’r 10 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 4 neu 5.",
        ),
        (
            [4, 4],
            {"rule_hard_running": "2"},
            "Ar bob un o’r 2 ddiwrnod ag ateb diwethaf, yr ateb anoddaf oedd 4 neu 5.",
        ),
        (
            [1] * 15,
            {"rule_always_same": "15"},
            "Ar bob un o’r 15 diwrnod ag ateb diwethaf, yr ateb anoddaf oedd 1.",
        ),
        (
            [*([1] * 10), 3, 3, 3],
            {"rule_sudden_move": "2"},
            "Mae canol atebion anoddaf y 3 diwrnod ag ateb diwethaf 2 gam yn anoddach na chanol y 10 "
            "diwrnod o’r fath cyn hynny.",
        ),
        (
            [*([4] * 10), 1, 1, 1],
            {"rule_sudden_move": "2"},
            "Mae canol atebion anoddaf y 3 diwrnod ag ateb diwethaf 3 cham yn dawelach na chanol y 10 "
            "diwrnod o’r fath cyn hynny.",
        ),
        (
            [4, 1, 1, 2, 1] * 6,
            {"rule_weekends": "yes"},
            "Ar 6 o’r 6 diwrnod ag ateb diwethaf yn union ar ôl penwythnos, yr ateb anoddaf oedd 4 neu 5; ar y "
            "diwrnodau rhwng penwythnosau ar ddim un o 18.",
        ),
        (
            [4, 1, 1, 2, 1] * 5 + [4, 4, 1, 2, 1],
            {"rule_weekends": "yes"},
            "Ar 6 o’r 6 diwrnod ag ateb diwethaf yn union ar ôl penwythnos, yr ateb anoddaf oedd 4 neu 5; ar y "
            "diwrnodau rhwng penwythnosau ar 1 o 18.",
        ),
        (
            [1, 1, 1, 2, 5] * 4,
            {"rule_weekends": "yes"},
            "Ar 4 o’r 4 diwrnod ag ateb diwethaf yn union cyn penwythnos, yr ateb anoddaf oedd 4 neu 5; ar y "
            "diwrnodau rhwng penwythnosau ar ddim un o 12.",
        ),
        (
            [1, 1, 1, 2, 5] * 3 + [1, 1, 1, 4, 5],
            {"rule_weekends": "yes"},
            "Ar 4 o’r 4 diwrnod ag ateb diwethaf yn union cyn penwythnos, yr ateb anoddaf oedd 4 neu 5; ar y "
            "diwrnodau rhwng penwythnosau ar 1 o 12.",
        ),
    ],
)
def test_what_a_plain_rule_says(answers: list[int | None], rules: dict[str, str], said: str) -> None:
    (sentence,) = sentences(days(answers), OFF | rules)
    assert read_in_welsh(sentence) == said


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=50), st.sampled_from((CALM_IS_1, CALM_IS_5)))
def test_whatever_the_rules_say_can_be_kept_and_is_there(answers: list[int | None], direction: str) -> None:
    for sentence in sentences(days(answers), EVERY_RULE | {"scale_direction": direction}):
        assert "answer" not in read_in_welsh(sentence)


def days(answers: list[int | None]) -> list[DayOfChild]:
    """School days from a Monday on, weekends left out."""
    first = (MONDAY + timedelta(days=7 * (at // 5) + at % 5) for at in range(len(answers)))
    return [DayOfChild(day, answer) for day, answer in zip(first, answers, strict=True)]

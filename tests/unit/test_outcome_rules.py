"""What is written down after a talk: of what is listed, not too long, and a follow-up that is whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.chats.outcome_rules import OutcomeEntry, OutcomeRefused, check_outcome

ALI = 1
TODAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    "entry",
    [
        OutcomeEntry(did=("sang",)),
        OutcomeEntry(helped=("listened", "sang")),
        OutcomeEntry(note="x" * 2001),
        OutcomeEntry(follow_up_by_id=ALI),
        OutcomeEntry(follow_up_on=TODAY),
        OutcomeEntry(follow_up_what="Ask again"),
        OutcomeEntry(follow_up_by_id=ALI, follow_up_on=TODAY + timedelta(days=400)),
        OutcomeEntry(follow_up_by_id=ALI, follow_up_on=TODAY, follow_up_what="x" * 401),
    ],
)
def test_an_outcome_is_of_what_is_listed_and_a_follow_up_is_whole(entry: OutcomeEntry) -> None:
    with pytest.raises(OutcomeRefused):
        check_outcome(entry, TODAY)


def test_an_outcome_may_be_empty_or_full() -> None:
    check_outcome(OutcomeEntry(), TODAY)
    check_outcome(
        OutcomeEntry(("listened", "mended"), ("listened",), "x" * 2000, "a", "b", "c", ALI, TODAY, "Ask"), TODAY
    )

"""Whoever chose one of the two hardest steps is in sight, morning and afternoon, and whether they asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.patterns.today.hard import HardDay, hard_days
from tests.unit.a_friday import AMIR, ASKED, EVERYONE, FRIDAY, TOMI, ZOFIA, at, step


def hard(*answers, requests=(), children=EVERYONE) -> list[HardDay]:
    return hard_days(children, answers, requests, FRIDAY)


class TestWho:
    def test_fours_and_fives_whatever_the_hour(self):
        found = hard(step(AMIR, 4, at(9)), step(ZOFIA, 5, at(13, 19)), step(TOMI, 3, at(13)))
        assert [(one.child, one.answer.clock, one.is_since_noon) for one in found] == [
            (ZOFIA, "13:19", True),
            (AMIR, "09:00", False),
        ]

    def test_noon_is_the_afternoon(self):
        (found,) = hard(step(AMIR, 4, at(12)))
        assert found.is_since_noon

    def test_each_child_once_with_the_hardest_of_the_afternoon_and_of_these_the_last(self):
        morning, first, last, easier = (
            step(AMIR, 5, at(9)),
            step(AMIR, 4, at(13)),
            step(AMIR, 4, at(13, 30)),
            step(AMIR, 2, at(14)),
        )
        (found,) = hard(morning, first, last, easier)
        assert found.answer is last

    def test_who_is_left_out_of_patterns_is_not_among_them(self):
        assert hard(step(AMIR, 5, at(13)), children=(replace(AMIR, is_left_out=True),)) == []

    def test_nobody_when_nothing_was_hard(self):
        assert hard(step(AMIR, 3, at(9))) == []


class TestInWhichOrder:
    def test_the_afternoon_then_the_hardest_then_who_asked_nobody_then_by_name(self):
        children = [replace(AMIR, id=number, name=name) for number, name in enumerate("ABCDEF")]
        asked = replace(ASKED, pupil_id=2, said_at=at(13, 1))
        found = hard(
            step(children[0], 5, at(9)),
            step(children[1], 4, at(13)),
            step(children[2], 5, at(13)),
            step(children[4], 5, at(13)),
            step(children[3], 5, at(14)),
            step(children[5], 4, at(9)),
            requests=[asked],
            children=children,
        )
        assert [one.child.name for one in found] == ["D", "E", "C", "B", "A", "F"]


class TestWhetherTheyAskedAnybody:
    def asked(self, *answers, **request: object) -> str:
        (found,) = hard(*answers, requests=[replace(ASKED, state="talked", **request)] if request else ())
        return found.asked

    def test_nobody_on_the_whole_day(self):
        assert self.asked(step(AMIR, 5, at(13, 19))) == "nobody"

    def test_with_it_or_after_it(self):
        assert self.asked(step(AMIR, 5, at(13)), said_at=at(13, 1)) == "asked"
        assert self.asked(step(AMIR, 5, at(13)), step(AMIR, 5, at(13, 10)), said_at=at(13, 1)) == "asked"

    def test_hard_once_more_after_the_talk(self):
        talked = {"said_at": at(13, 1), "ended_at": at(13, 30)}
        assert self.asked(step(AMIR, 5, at(13)), step(AMIR, 5, at(14)), **talked) == "not_since"
        assert self.asked(step(AMIR, 5, at(13)), step(AMIR, 2, at(14)), **talked) == "asked"

    def test_who_still_waited_when_it_was_hard_has_asked_although_the_talk_is_over(self):
        assert self.asked(step(AMIR, 5, at(13)), said_at=at(12, 5), ended_at=at(13, 20)) == "asked"
        assert self.asked(step(AMIR, 5, at(13)), said_at=at(12, 5), ended_at=at(12, 40)) == "not_since"

    def test_a_step_that_an_adult_entered_shortly_after_the_child_had_asked(self):
        assert self.asked(step(AMIR, 5, at(13, 15)), said_at=at(13)) == "asked"
        assert self.asked(step(AMIR, 5, at(13, 16)), said_at=at(13)) == "not_since"

    def test_not_since_the_talk_of_the_morning(self):
        assert self.asked(step(AMIR, 5, at(9)), step(AMIR, 5, at(13)), said_at=at(9, 1)) == "not_since"

    def test_who_still_waits_has_asked_whenever_that_was(self):
        wednesday = date(2026, 11, 18)
        still = {"state": "seen", "said_at": at(9, day=wednesday), "school_day": wednesday}
        (found,) = hard(step(AMIR, 5, at(13)), requests=[replace(ASKED, **still)])
        assert found.asked == "asked"

    def test_what_was_asked_on_the_day_before_and_answered_on_this_one(self):
        thursday = {"said_at": at(15, day=date(2026, 11, 19)), "school_day": date(2026, 11, 19)}
        assert self.asked(step(AMIR, 5, at(9)), ended_at=at(10), **thursday) == "asked"
        assert self.asked(step(AMIR, 5, at(13)), ended_at=at(10), **thursday) == "not_since"

    def test_what_was_asked_on_another_day_and_is_over_does_not_count(self):
        thursday, saturday = date(2026, 11, 19), date(2026, 11, 21)
        assert self.asked(step(AMIR, 5, at(13)), said_at=at(14, day=thursday), school_day=thursday) == "nobody"
        later = replace(ASKED, said_at=at(9, day=saturday), school_day=saturday)
        (found,) = hard(step(AMIR, 5, at(13)), requests=[later])
        assert found.asked == "nobody"

    def test_another_childs_request_is_not_theirs(self):
        assert self.asked(step(AMIR, 5, at(13)), said_at=at(13, 1), pupil_id=ZOFIA.id) == "nobody"

"""One school day is put together from children, steps and requests, and judges nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.patterns.today.hard import hard_days
from kiosk.patterns.today.rules import NO_CLASS, Ask, steps_needed
from kiosk.patterns.today.told import Child, Request
from tests.unit.a_friday import AMIR, ASKED, FRIDAY, SATURDAY, TOMI, ZOFIA, at, shown, step


class TestWhoWasHeardFrom:
    def test_classes_and_children_stand_by_name(self):
        day = shown(step(ZOFIA, 1, at(8, 50)), step(AMIR, 5, at(8, 51)))
        assert [each.name for each in day.classes] == ["Birch", "Oak"]
        assert [one.child for one in day.classes[1].heard] == [
            AMIR,
            ZOFIA,
        ]  # by name, though Amir's step is harder

    def test_each_childs_steps_keep_their_order_and_their_half_of_the_day(self):
        felt = [step(AMIR, 4, at(8, 50)), step(AMIR, 2, at(11, 59)), step(AMIR, 3, at(12))]
        (oak,) = [each for each in shown(*felt).classes if each.name == "Oak"]
        morning, afternoon = oak.heard[0].halves
        assert morning == felt[:2]
        assert afternoon == [felt[2]]

    def test_who_was_not_heard_from_is_named_in_their_class(self):
        birch, oak = shown(step(AMIR, 1, at(9))).classes
        assert birch.silent == (TOMI,)
        assert oak.silent == (ZOFIA,)
        assert (oak.checked_in, oak.size) == (1, 2)

    def test_a_child_kept_off_the_tablet_is_not_missed(self):
        day = shown(children=(AMIR, replace(ZOFIA, on_tablet=False)))
        assert day.classes[0].silent == (AMIR,)
        assert day.size == 1

    def test_a_child_whom_the_register_knows_to_be_away_is_not_missed_either(self):
        day = shown(step(AMIR, 1, at(9)), children=(AMIR, replace(ZOFIA, is_away=True), TOMI))
        birch, oak = day.classes
        assert (oak.silent, oak.away) == ((), (replace(ZOFIA, is_away=True),))
        assert (oak.checked_in, oak.size) == (1, 1)
        assert (birch.silent, birch.away) == ((TOMI,), ())
        assert (day.not_heard, day.away) == (1, 1)

    def test_a_child_who_checked_in_was_there_whatever_the_register_says(self):
        day = shown(step(AMIR, 1, at(9)), children=(replace(AMIR, is_away=True),))
        assert day.classes[0].heard[0].child.name == "Amir Khan"
        assert day.away == 0

    def test_who_is_left_out_of_patterns_is_not_named_as_away_either(self):
        assert shown(children=(replace(AMIR, is_away=True, is_left_out=True), TOMI)).away == 0

    def test_a_child_kept_off_the_tablet_who_showed_a_step_to_an_adult_is_there(self):
        fingers = replace(step(ZOFIA, 3, at(9)), entered_by="Mrs Ali")
        day = shown(fingers, children=(replace(ZOFIA, on_tablet=False),))
        assert day.classes[0].heard[0].told == (fingers,)

    def test_a_child_who_asked_without_choosing_a_step_was_heard_from_but_has_not_checked_in(self):
        oak = shown(requests=[ASKED]).classes[1]
        assert oak.silent == (ZOFIA,)
        assert oak.heard[0].told == (Ask(at(9)),)
        assert oak.checked_in == 0

    def test_a_request_stands_among_the_steps_at_the_time_the_child_asked(self):
        offline = replace(ASKED, said_at=at(8, 55), asked_at=at(9, 40))
        felt = [step(AMIR, 4, at(8, 55)), step(AMIR, 2, at(9, 30))]
        told = shown(*felt, requests=[offline]).classes[1].heard[0].told
        assert told == (felt[0], Ask(at(8, 55)), felt[1])

    def test_yesterdays_request_does_not_make_a_child_heard_from_today(self):
        yesterday = replace(ASKED, school_day=date(2026, 11, 19))
        assert shown(requests=[yesterday]).classes[1].silent == (AMIR, ZOFIA)

    def test_children_without_a_class_come_last(self):
        day = shown(children=(replace(AMIR, class_name=""), TOMI))
        assert [each.name for each in day.classes] == ["Birch", ""]

    def test_nobody_is_missed_when_school_is_closed(self):
        assert shown(day=SATURDAY).classes == ()
        assert [each.name for each in shown(step(TOMI, 1, at(9)), day=SATURDAY).classes] == ["Birch"]


class TestHard:
    def test_the_afternoon_stands_before_the_morning_each_the_hardest_first_then_by_name(self):
        day = shown(
            step(ZOFIA, 4, at(9)),
            step(AMIR, 4, at(9, 5)),
            step(TOMI, 5, at(13, 10)),
            step(TOMI, 1, at(14)),
        )
        halves = {half: [one.hard.child for one in told] for half, told in day.hard_by_half.items()}
        assert halves == {True: [TOMI], False: [AMIR, ZOFIA]}

    def test_a_three_is_not_among_them(self):
        assert shown(step(ZOFIA, 3, at(9))).hard == ()

    def test_how_the_day_went_on_stands_beside_it(self):
        day = shown(step(AMIR, 5, at(9)), step(AMIR, 1, at(13)), requests=[ASKED])
        (amir,) = day.hard
        assert [one.clock for one in amir.told] == ["09:00", "09:00", "13:00"]
        assert amir.hard.asked == "asked"

    def test_a_hard_afternoon_is_counted_in_its_class(self):
        birch, oak = shown(step(AMIR, 5, at(13)), step(ZOFIA, 4, at(9))).classes
        assert (len(birch.hard), len(oak.hard)) == (0, 2)


class TestWaiting:
    def test_who_cannot_wait_comes_first_then_who_has_waited_longest(self):
        newest = replace(ASKED, pupil_id=2, asked_at=at(9, 50), cannot_wait=True)
        later = replace(ASKED, pupil_id=3, asked_at=at(9, 30))
        assert shown(requests=[ASKED, later, newest]).waiting == (newest, ASKED, later)

    def test_what_has_ended_waits_no_more(self):
        over = [replace(ASKED, state=state, ended_at=at(9, 5)) for state in ("talked", "closed", "cancelled")]
        assert shown(requests=over).waiting == ()

    def test_what_was_asked_yesterday_still_waits_today(self):
        monday = date(2026, 11, 23)
        assert shown(requests=[ASKED], day=monday, now=at(8, 35, monday)).waiting == (ASKED,)

    def test_a_past_day_shows_only_what_was_asked_on_it(self):
        thursday = replace(ASKED, school_day=date(2026, 11, 19))
        assert shown(requests=[ASKED, thursday], now=at(10, day=SATURDAY)).waiting == (ASKED,)

    def test_it_is_overdue_after_its_time_and_not_at_it(self):
        assert not ASKED.is_overdue(ASKED.due_at)
        assert ASKED.is_overdue(at(9, 11))
        assert not replace(ASKED, state="talked").is_overdue(at(9, 11))


class TestAnsweredLate:
    def test_an_answer_after_the_time_allowed_is_late(self):
        late = replace(ASKED, state="talked", answered_at=at(9, 11), ended_at=at(9, 30))
        assert [(one.settled_at, one.was_answered) for one in shown(requests=[late]).late] == [(at(9, 11), True)]

    def test_an_answer_in_time_is_not_however_long_the_talk_took(self):
        assert (
            shown(requests=[replace(ASKED, state="talked", answered_at=at(9, 10), ended_at=at(9, 55))]).late == ()
        )

    def test_a_child_who_gave_up_waiting_is_not_left_out(self):
        gave_up = replace(ASKED, state="cancelled", ended_at=at(9, 20))
        assert [one.was_answered for one in shown(requests=[gave_up]).late] == [False]

    def test_a_child_who_was_ok_soon_is_not_late(self):
        assert shown(requests=[replace(ASKED, state="cancelled", ended_at=at(9, 4))]).late == ()

    def test_one_still_unanswered_stands_among_those_waiting_instead(self):
        day = shown(requests=[ASKED])
        assert (len(day.waiting), day.late) == (1, ())

    def test_it_stands_on_the_day_it_was_asked_and_the_day_it_was_answered_and_on_no_other(self):
        monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
        slow = replace(ASKED, state="seen", answered_at=at(9, 30, monday))
        asked_on, ended = slow.school_day, replace(slow, state="talked", ended_at=at(9, 30, tuesday))
        for one in (slow, ended):  # an open one is read with every day, one that ended with the day it ended
            late_on = [day for day in (date(2026, 11, 19), asked_on, monday, tuesday) if self.late(one, day)]
            assert late_on == [asked_on, monday]

    def late(self, request: Request, day: date) -> bool:
        return bool(shown(requests=[request], day=day).late)

    def test_time_out_of_school_does_not_count(self):
        monday = date(2026, 11, 23)
        asked = replace(ASKED, state="seen", asked_at=at(15, 25), answered_at=at(8, 35, monday))
        assert shown(requests=[asked], day=monday).late == ()
        slow = replace(asked, answered_at=at(8, 36, monday))
        assert len(shown(requests=[slow], day=monday).late) == 1


class TestOneClass:
    def test_it_stands_alone_with_those_who_had_it_hard_and_its_own_late_answers(self):
        late = replace(ASKED, pupil_id=TOMI.id, class_name="Birch", state="talked", answered_at=at(9, 30))
        day = shown(step(AMIR, 5, at(9)), step(TOMI, 4, at(9)), requests=[late], chosen="Oak")
        assert day.chosen is not None
        assert [each.name for each in day.opened] == ["Oak"]
        assert [one.hard.child for one in day.hard] == [AMIR]
        assert day.late == ()
        assert day.named == ["Oak"]

    def test_whoever_waits_in_another_class_is_still_there(self):
        elsewhere = replace(ASKED, pupil_id=TOMI.id, class_name="Birch")
        day = shown(requests=[elsewhere], chosen="Oak")
        assert day.waiting == (elsewhere,)
        assert day.named == ["Birch", "Oak"]

    def test_the_other_classes_keep_their_counts(self):
        day = shown(step(TOMI, 4, at(9)), chosen="Oak")
        (birch,) = [each for each in day.classes if each.name == "Birch"]
        assert (birch.checked_in, birch.size, birch.heard) == (1, 1, ())
        assert [one.child for one in birch.hard] == [TOMI]
        assert (day.checked_in, day.size) == (1, 3)

    def test_one_that_is_not_there_is_the_whole_school(self):
        day = shown(step(AMIR, 1, at(9)), chosen="Elm")
        assert day.chosen is None
        assert [each.name for each in day.opened] == ["Birch", "Oak"]

    def test_children_without_a_class_can_be_opened(self):
        day = shown(step(AMIR, 1, at(9)), children=(replace(AMIR, class_name=""), TOMI), chosen=NO_CLASS)
        assert [each.name for each in day.opened] == [""]


class TestALargeSchool:
    MANY = tuple(Child(number, f"Child {number:03}", f"{number // 30}A", on_tablet=True) for number in range(600))

    def test_no_class_is_opened_and_each_says_how_many_came(self):
        day = shown(*(step(child, 1, at(9)) for child in self.MANY[:31]), children=self.MANY)
        assert day.opened == []
        assert [(each.name, each.checked_in, each.size) for each in day.classes[:3]] == [
            ("0A", 30, 30),
            ("1A", 1, 30),
            ("2A", 0, 30),
        ]
        assert (day.checked_in, day.size, day.not_heard) == (31, 600, 569)

    def test_all_who_had_it_hard_are_there_the_afternoons_first_with_all_that_was_told(self):
        day = shown(
            *(step(child, 4, at(9)) for child in self.MANY[:40]),
            step(self.MANY[598], 5, at(10)),
            step(self.MANY[599], 1, at(9)),
            step(self.MANY[599], 4, at(13, 19)),
            children=self.MANY,
        )
        told = [one.hard.child for one in day.hard]
        assert told == [self.MANY[599], self.MANY[598], *self.MANY[:6]]
        assert [one.clock for one in day.hard[0].told] == ["09:00", "13:19"]
        further = {name: [one.child for one in children] for name, children in day.further_hard.items()}
        assert further == {"0A": list(self.MANY[6:30]), "1A": list(self.MANY[30:40])}
        assert {one.answer.clock for children in day.further_hard.values() for one in children} == {"09:00"}
        assert [len(each.hard) for each in day.classes if each.hard] == [30, 10, 2]

    def test_every_request_is_there(self):
        waiting = [replace(ASKED, pupil_id=child.id, class_name=child.class_name) for child in self.MANY]
        assert len(shown(requests=waiting, children=self.MANY).waiting) == 600

    def test_nobody_who_is_silent_is_missing(self):
        day = shown(step(self.MANY[0], 1, at(9)), children=self.MANY)
        assert [child for children in day.silent.values() for child in children] == list(self.MANY[1:])

    def test_only_the_steps_that_are_shown_have_to_be_read(self):
        hard = hard_days(self.MANY, [step(child, 4, at(13)) for child in self.MANY], [], FRIDAY)
        assert steps_needed(self.MANY, hard, None) == set(range(8))
        assert steps_needed(self.MANY, hard, "1A") == set(range(30, 60))
        assert steps_needed(self.MANY[:90], hard, None) is None

    def test_seventh_years_stand_before_tenth_years(self):
        children = [Child(at, f"Child {at}", name, on_tablet=True) for at, name in enumerate(("10A", "7B", "7A"))]
        assert [each.name for each in shown(children=children).classes] == ["7A", "7B", "10A"]

"""The weekly list: who is on it and why, what happened next, and who must not see it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.patterns.different import making, method
from kiosk.patterns.different.simulation import CORRELATIONS, entries_a_week, share_found
from kiosk.patterns.models import ListEntry, WeeklyList
from kiosk.school.store import change_setting
from kiosk.wording import Sentence
from tests.cast import School
from tests.contracts.checkout import ROOT
from tests.web.patterns_school import FRIDAY, SignIn, add_children, answered, oak_answers, words_of

CALM: list[int | None] = [1, 2, 1, 1, 2, 1, 1, 1, 2, 1] * 5
CHANGED: list[int | None] = [*([1, 2, 1, 1, 2, 1, 1, 4, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 4, 4]
LIST = "/patterns/different"


pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def amir_changed(app: Flask, school: School) -> None:
    oak_answers(app, school, "amir", CHANGED)
    oak_answers(app, school, "zofia", CALM)
    with app.app_context():
        answered(school.pupils["tomi"], school.classes["birch"], [3, 1, 4, 2, 5] * 10)


def entry_id(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.max(ListEntry.id)))
        assert found
        return found


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
    def test_not_the_childs_own_adults_nor_duty_nor_the_administrator(
        self, signed_in: SignIn, amir_changed: None, who: str
    ) -> None:
        for address in (LIST, f"{LIST}/method"):
            answer = signed_in(who).get(address)
            assert answer.status_code == 403
            assert "Amir" not in answer.get_data(as_text=True)

    def test_making_it_and_every_look_are_recorded(
        self, app: Flask, school: School, signed_in: SignIn, amir_changed: None
    ) -> None:
        for who in ("bell", "green"):
            assert signed_in(who).get(LIST).status_code == 200
        with app.app_context():
            rows = db.session.execute(
                select(AuditEvent.name, AuditEvent.details)
                .where(AuditEvent.name.in_(["weekly_list_made", "pattern_seen"]))
                .order_by(AuditEvent.id)
            ).all()
        seen = ("pattern_seen", {"view": "different", "what": ["2026-11-20"]})
        made = {"shown_from": "2026-11-20", "children": [school.pupils["amir"]]}
        assert [tuple(row) for row in rows] == [("weekly_list_made", made), seen, seen]


class TestList:
    def test_it_says_who_and_why_in_a_sentence_with_counts(self, signed_in: SignIn, amir_changed: None) -> None:
        said = words_of(signed_in("bell"), LIST)
        assert "1 child’s answers were harder than is usual for that child, up to Thursday 19 November." in said
        sentence = "On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days."
        assert f"Amir Khan Oak {sentence}" in said
        assert "Zofia" not in said
        assert "Tomi" not in said, "always mixed is not different"

    def test_it_counts_days_so_that_a_second_answer_does_not_contradict_it(
        self, app: Flask, school: School, signed_in: SignIn, amir_changed: None
    ) -> None:
        """Amir's days were hard once and calm once; his page shows the calm answers among the last ones."""
        with app.app_context():
            answered(school.pupils["amir"], school.classes["oak"], [1] * 5, hour=14)
        browser = signed_in("bell")
        assert "Amir Khan Oak On four of the last five school days the hardest answer was" in words_of(
            browser, LIST
        )
        said = words_of(browser, f"/patterns/children/{school.pupils['amir']}")
        assert "4 Upset 09:05 1 Calm 14:05" in said

    def test_it_says_how_many_names_chance_puts_there_in_this_school(
        self, app: Flask, signed_in: SignIn, amir_changed: None
    ) -> None:
        browser = signed_in("bell")
        of_three = "Of 3 children compared, about one stands here every 67 weeks by chance alone."
        assert of_three in words_of(browser, LIST)
        assert of_three in browser.get(f"{LIST}/export.csv").get_data(as_text=True)
        with app.app_context(), writing() as session:
            session.execute(update(WeeklyList).values(compared=2_000))
        said = words_of(browser, LIST)
        assert "Of 2000 children compared, about 10 stand here each week by chance alone." in said
        assert "chance may explain them all" in said
        with app.app_context(), writing() as session:
            session.execute(update(WeeklyList).values(compared=None))
        assert "about one in every 200 children compared" in words_of(browser, LIST), "a list of before"

    def test_no_number_stands_for_how_strong_it_is(self, signed_in: SignIn, amir_changed: None) -> None:
        entry = re.search(
            r'<li class="entry".*?</li>\s*</ol>', signed_in("bell").get(LIST).get_data(as_text=True), re.DOTALL
        )
        assert entry
        assert not re.search(r"\d\.\d|%", entry.group())

    def test_nobody_is_different(self, app: Flask, school: School, signed_in: SignIn) -> None:
        oak_answers(app, school, "zofia", CALM)
        assert "No child’s answers were clearly harder" in words_of(signed_in("bell"), LIST)

    def test_a_school_that_has_just_begun(self, signed_in: SignIn) -> None:
        assert "There is no list yet." in words_of(signed_in("bell"), LIST)
        assert signed_in("bell").get(f"{LIST}/export.csv").status_code == 404

    def test_it_stands_for_a_week(
        self,
        app: Flask,
        school: School,
        signed_in: SignIn,
        a_friday: time_machine.Coordinates,
        amir_changed: None,
    ) -> None:
        words_of(signed_in("bell"), LIST)
        with app.app_context():
            answered(school.pupils["zofia"], school.classes["oak"], [5] * 5, until=date(2026, 11, 27))
        a_friday.shift(timedelta(days=6))
        assert "Zofia" not in words_of(signed_in("bell"), LIST)
        a_friday.shift(timedelta(days=1))
        assert "Zofia Nowak" in words_of(signed_in("bell"), LIST)

    def test_a_child_who_stands_there_again_is_said_to(
        self,
        app: Flask,
        school: School,
        signed_in: SignIn,
        a_friday: time_machine.Coordinates,
        amir_changed: None,
    ) -> None:
        assert "in a row" not in words_of(signed_in("bell"), LIST)
        with app.app_context():
            answered(school.pupils["amir"], school.classes["oak"], [5] * 5, until=date(2026, 11, 27))
        a_friday.shift(timedelta(days=7))
        assert "Amir Khan Oak, on 2 lists in a row" in words_of(signed_in("bell"), LIST)

    def test_a_list_of_another_kind_does_not_count(
        self,
        app: Flask,
        school: School,
        signed_in: SignIn,
        a_friday: time_machine.Coordinates,
        amir_changed: None,
    ) -> None:
        """By a plain rule two weeks running, harder than usual this week only."""
        words_of(signed_in("bell"), LIST)
        with app.app_context():
            entry = db.session.scalars(select(ListEntry).where(ListEntry.kind == "different")).one()
            with writing() as session:
                session.execute(update(ListEntry).where(ListEntry.id == entry.id).values(kind="rule"))
            answered(school.pupils["amir"], school.classes["oak"], [5] * 5, until=date(2026, 11, 27))
            change_setting("rule_hard_running", "3", KEYBOARD)
        a_friday.shift(timedelta(days=7))
        harder, _, by_rule = words_of(signed_in("bell"), LIST).partition("By the plain rules")
        assert "Amir Khan Oak On" in harder
        assert "Amir Khan Oak, on 2 lists in a row On" in by_rule

    def test_a_holiday_does_not_break_the_row_and_a_missing_list_does(
        self,
        app: Flask,
        school: School,
        signed_in: SignIn,
        a_friday: time_machine.Coordinates,
        amir_changed: None,
    ) -> None:
        words_of(signed_in("bell"), LIST)
        with app.app_context():
            answered(school.pupils["amir"], school.classes["oak"], [5] * 5, until=date(2026, 12, 4))
        a_friday.shift(timedelta(days=14))
        assert "Amir Khan Oak, on 2 lists in a row" in words_of(signed_in("bell"), LIST)
        with app.app_context():
            answered(school.pupils["zofia"], school.classes["oak"], [1] * 5, until=date(2026, 11, 27))
        assert "in a row" not in words_of(signed_in("bell"), LIST), "the list of the 27th is not made"

    def test_an_earlier_week_can_be_looked_at(
        self,
        app: Flask,
        school: School,
        signed_in: SignIn,
        a_friday: time_machine.Coordinates,
        amir_changed: None,
    ) -> None:
        words_of(signed_in("bell"), LIST)
        with app.app_context():
            answered(school.pupils["zofia"], school.classes["oak"], [1], until=date(2027, 1, 29))
        a_friday.shift(timedelta(days=70))
        assert "Amir" not in words_of(signed_in("bell"), LIST).partition("Week from")[0]
        earlier = words_of(signed_in("bell"), f"{LIST}?week=2026-11-20")
        assert "Amir Khan" in earlier
        assert "the list from Friday 20 November 2026. Names and feelings" in earlier, "on paper"
        for week in ("2026-11-19", "1", "last"):
            assert signed_in("bell").get(f"{LIST}?week={week}").status_code == 404

    def test_a_child_who_is_left_out_is_on_no_list_not_even_an_old_one(
        self, school: School, signed_in: SignIn, amir_changed: None
    ) -> None:
        browser = signed_in("bell")
        assert "Amir" in words_of(browser, LIST)
        amir = f"/patterns/children/{school.pupils['amir']}"
        browser.post_form(f"{amir}/leave-out", {"why": "Agreed with his parents."}, page=amir)
        assert "Amir" not in words_of(browser, LIST)

    def test_plain_rules_stand_by_themselves_and_only_those_switched_on(
        self, app: Flask, signed_in: SignIn, amir_changed: None
    ) -> None:
        with app.app_context():
            change_setting("rule_hard_answers", "4 in 10", KEYBOARD)
            change_setting("rule_hard_running", "off", KEYBOARD)
        rules = words_of(signed_in("bell"), LIST).partition("By the plain rules")[2]
        assert "Amir Khan Oak On four of the last ten school days the hardest answer was 4 or 5." in rules
        assert "Tomi Adeyemi Birch On four of the last ten school days" in rules
        assert "running" not in rules

    def test_good_news_is_worth_noticing(
        self, app: Flask, school: School, signed_in: SignIn, amir_changed: None
    ) -> None:
        with app.app_context():
            answered(
                school.pupils["zofia"], school.classes["oak"], [4] * 40 + [2, 1, 2, 1, 1, 1, 2, 1, 1, 1], hour=13
            )
        said = words_of(signed_in("bell"), LIST).partition("Worth noticing: calmer than usual")[2]
        sentence = "On each of the last ten school days the hardest answer was 1 or 2; usually on none of 40 days."
        assert f"Zofia Nowak Oak {sentence}" in said
        assert "Amir" not in said.partition("By the plain rules")[0]

    def test_the_good_news_stop_at_eight_and_say_so(self, app: Flask, school: School, signed_in: SignIn) -> None:
        with app.app_context():
            for pupil in add_children(school.classes["birch"], [f"Child {number}" for number in range(10)]):
                answered(pupil, school.classes["birch"], [4, 5, 4, 4, 5] * 8 + [1] * 10)
        said = words_of(signed_in("bell"), LIST).partition("Worth noticing: calmer than usual")[2]
        assert "2 more would have been on this list; it stops at eight." in said
        assert said.count("I have seen this") == 8

    def test_two_servers_that_make_it_at_once_make_one(
        self, app: Flask, signed_in: SignIn, amir_changed: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reckon = making._reckon

        def while_another_was_faster(day: date) -> object:
            monkeypatch.setattr(making, "_reckon", reckon)
            assert making.make_list(day, KEYBOARD)
            return reckon(day)

        monkeypatch.setattr(making, "_reckon", while_another_was_faster)
        assert "Amir Khan" in words_of(signed_in("green"), LIST)
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(WeeklyList)) == 1
            assert db.session.scalar(select(func.count()).select_from(ListEntry)) == 1
            made = select(func.count()).where(AuditEvent.name == "weekly_list_made")
            assert db.session.scalar(made) == 1

    def test_another_fault_while_making_it_is_not_hidden(
        self, app: Flask, amir_changed: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(making, "_by_rules", lambda *_: [(0, Sentence("Of a child who is not there."))])
        with app.app_context(), pytest.raises(IntegrityError):
            making.make_list(FRIDAY.date(), KEYBOARD)


class TestWhatHappenedNext:
    def test_seen_decided_and_what_came_of_it_with_name_and_time(
        self, app: Flask, signed_in: SignIn, amir_changed: None
    ) -> None:
        browser = signed_in("bell")
        browser.get(LIST)
        address = f"{LIST}/{entry_id(app)}"
        browser.post_form(address, {"kind": "seen"}, page=LIST)
        browser.post_form(address, {"kind": "decided", "words": "Mrs Ali has breakfast with him."}, page=LIST)
        signed_in("green").post_form(address, {"kind": "outcome", "words": "He laughs again."}, page=LIST)
        said = words_of(browser, LIST)
        assert "Seen Mr Bell, 09:00" in said
        assert "Decided: Mrs Ali has breakfast with him. Mr Bell, 09:00" in said
        assert "What came of it: He laughs again. Mrs Green, 09:00" in said
        assert "I have seen this" not in said

    @pytest.mark.parametrize(
        "form",
        [
            {"kind": "decided", "words": " "},
            {"kind": "judged", "words": "x"},
            {"kind": "outcome", "words": "x" * 1001},
        ],
    )
    def test_what_says_nothing_is_not_kept(
        self, app: Flask, signed_in: SignIn, amir_changed: None, form: dict[str, str]
    ) -> None:
        browser = signed_in("bell")
        browser.get(LIST)
        browser.post_form(f"{LIST}/{entry_id(app)}", form, page=LIST)
        assert "I have seen this" in words_of(browser, LIST)

    def test_what_names_no_week_is_refused_and_not_kept(
        self, app: Flask, signed_in: SignIn, amir_changed: None
    ) -> None:
        browser = signed_in("bell")
        browser.get(LIST)
        sent = browser.post_form(f"{LIST}/{entry_id(app)}", {"kind": "seen", "week": "2026-02-30"}, page=LIST)
        assert sent.status_code == 404
        assert "I have seen this" in words_of(browser, LIST)

    @pytest.mark.parametrize("id_", ["999", "x", "0"])
    def test_an_entry_there_is_not(self, signed_in: SignIn, amir_changed: None, id_: str) -> None:
        browser = signed_in("bell")
        assert browser.post_form(f"{LIST}/{id_}", {"kind": "seen"}, page=LIST).status_code == 404

    @pytest.mark.parametrize("who", ["ali", "novak"])
    def test_nobody_else_can_write_there(
        self, app: Flask, signed_in: SignIn, amir_changed: None, who: str
    ) -> None:
        signed_in("bell").get(LIST)
        refused = signed_in(who).post_form(f"{LIST}/{entry_id(app)}", {"kind": "seen"})
        assert refused.status_code == 403


def test_a_school_can_do_without_this_page(app: Flask, signed_in: SignIn, amir_changed: None) -> None:
    with app.app_context():
        change_setting("patterns_different", "no", KEYBOARD)
    browser = signed_in("bell")
    assert "Different from usual" not in words_of(browser, "/patterns/")
    assert "Amir" not in words_of(browser, LIST, status=404)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(WeeklyList)) == 0, "what is off is not computed"


class TestMethodPage:
    def test_it_says_how_often_it_is_wrong_and_what_it_cannot_see(self, signed_in: SignIn) -> None:
        page = signed_in("bell").get(f"{LIST}/method").get_data(as_text=True)
        assert '<th scope="row">mostly calm</th><td>0.6</td><td>2.0</td><td>5.6</td>' in page
        assert '<th scope="row">mostly calm</th><td>0.1</td><td>0.3</td><td>0.9</td>' in page
        assert '<th scope="row">always mixed</th><td>10 of 100</td><td>23 of 100</td>' in page
        said = words_of(signed_in("bell"), f"{LIST}/method")
        assert "it is not the safety net" in said
        assert "the same comparison the other way round" in said
        assert "Answers that become calmer" not in said, "there is a list of them"

    def test_its_figures_are_those_of_the_simulation_and_of_the_document(self) -> None:
        """Computed anew with fewer weeks, so only roughly; ``kiosk patterns-report`` prints them exactly."""
        document = (ROOT / "docs" / "patterns.md").read_text("utf-8")
        for figures in (method.ENTRIES_A_WEEK, method.CALMER_A_WEEK):
            for kind, entries in figures.items():
                assert f"| {kind} | " + " | ".join(str(each) for each in entries) + " |" in document
                assert len(entries) == len(CORRELATIONS)
        for kind, shares in method.SHARE_FOUND.items():
            assert f"| {kind} | " + " | ".join(f"{share:.0%}".replace("%", " %") for share in shares) in document
            found = share_found(kind, 0.0, 1_500).after_days
            assert list(found.values()) == pytest.approx(shares, abs=0.04)
        again = entries_a_week("mostly calm", 0.4, 30)
        assert again.entries_a_week == pytest.approx(method.ENTRIES_A_WEEK["mostly calm"][2], rel=0.3)
        again = entries_a_week("always mixed", 0.4, 30)
        assert again.calmer_a_week == pytest.approx(method.CALMER_A_WEEK["always mixed"][2], rel=0.3)

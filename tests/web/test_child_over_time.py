"""One child over weeks: what the page says, on paper too; who may see it, and a child who is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats.models import Chat, ChatAudience, Helped, Outcome
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, utc_now, writing
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in
from kiosk.minding.models import Card
from kiosk.patterns.child.chronology import chronology_of
from kiosk.people.attendance.models import Attendance
from kiosk.people.models import PupilTablet
from kiosk.people.tablets import recognise
from kiosk.school.store import change_setting
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.patterns_school import SignIn, add_children, answered, oak_answers, words_of

MIXED = [1, 2, 1, None, 4, 1, 1, 5, 1, 2, 1, 1]


pytestmark = pytest.mark.usefixtures("open_weekdays")


@pytest.fixture
def amir(app: Flask, school: School) -> str:
    oak_answers(app, school, "zofia", [1] * 12)
    oak_answers(app, school, "amir", MIXED)
    return f"/patterns/children/{school.pupils['amir']}"


def talk(app: Flask, school: School, clock: time_machine.Coordinates) -> None:
    """Amir says 4, asks Mrs Ali, they walk, and he says 2 and that it helped."""
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet
        amir, ali = school.pupils["amir"], school.adults["ali"]
        add_check_in(NewCheckIn(uuid4(), amir, 4, utc_now()), tablet)
        key, _new = ask(NewChat(uuid4(), amir, ali, None, utc_now()), tablet)
        clock.shift(timedelta(minutes=20))
        answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
        clock.shift(timedelta(minutes=5))
        add_check_in(NewCheckIn(uuid4(), amir, 2, utc_now()), tablet)
        with writing() as session:
            chat_id = session.execute(select(Chat.id).where(Chat.key == key)).scalar_one()
            session.merge(
                Outcome(
                    chat_id=chat_id,
                    did=["walked"],
                    helped=["walked"],
                    note="Told of a secret den.",
                    written_by_id=ali,
                    written_at=utc_now(),
                )
            )
            session.add(Helped(chat_id=chat_id, said="yes", said_at=utc_now(), received_at=utc_now()))
            session.add(
                Card(
                    key=uuid4(),
                    pupil_id=amir,
                    adult_id=ali,
                    kind="held_in_mind",
                    picture="sun-1",
                    words="I thought of you on Saturday.",
                    left_at=utc_now(),
                )
            )


def hard_today(browser: LintingClient) -> list[str | None]:
    """The names under Hard today on Today."""
    page = lint(browser.get("/patterns/").get_data(as_text=True))
    return ["".join(one.itertext()) for one in page.iterfind(".//section[@aria-labelledby='hard']//li/p/strong")]


class TestWhoMayLook:
    @pytest.mark.parametrize("who", ["ali", "okafor", "shah", "novak", "patel"])
    def test_not_the_childs_own_adults_nor_duty_nor_the_administrator(
        self, signed_in: SignIn, amir: str, who: str
    ) -> None:
        for address in (amir, "/patterns/children/"):
            answer = signed_in(who).get(address)
            assert answer.status_code == 403
            assert "Amir" not in answer.get_data(as_text=True)

    @pytest.mark.parametrize("id_", ["999999", "0", "x", "1%20OR%201"])
    def test_a_child_there_is_not(self, signed_in: SignIn, amir: str, id_: str) -> None:
        assert signed_in("bell").get(f"/patterns/children/{id_}").status_code == 404

    def test_every_look_is_recorded_with_the_child_the_time_and_the_paper(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        browser = signed_in("bell")
        for address in (amir, f"{amir}?paper=parents&period=year"):
            browser.get(address)
        with app.app_context():
            looks = db.session.execute(
                select(AuditEvent.pupil_id, AuditEvent.details).where(AuditEvent.name == "child_pattern_seen")
            ).all()
        assert [tuple(look) for look in looks] == [
            (school.pupils["amir"], {"period": "weeks", "paper": "screen"}),
            (school.pupils["amir"], {"period": "year", "paper": "parents"}),
        ]


class TestPage:
    def test_it_says_how_often_the_child_answered_and_how(self, signed_in: SignIn, amir: str) -> None:
        said = words_of(signed_in("bell"), amir)
        assert (
            "Too few answers to see a change. "
            "Amir Khan answered on 11 of 12 school days; 2 of 11 answers were 4 or 5." in said
        )
        assert "The middle answer is 1; half of the answers or more lie at 1 to 2 (9 of 11 answers)." in said
        assert "No request for a chat in this time." in said

    def test_each_answer_is_a_dot_with_its_words_and_its_row_in_the_table(
        self, signed_in: SignIn, amir: str
    ) -> None:
        page = signed_in("bell").get(amir).get_data(as_text=True)
        assert page.count('class="dot dot-') == 11
        assert 'href="#day-2026-11-18"><title>Wednesday 18 November 09:05: 1 Calm</title>' in page
        assert 'id="day-2026-11-18"' in page

    @pytest.mark.parametrize("paper", ["parents", "team"])
    def test_on_paper_without_that_table_a_dot_leads_to_its_row_on_the_page(
        self, signed_in: SignIn, amir: str, paper: str
    ) -> None:
        page = signed_in("bell").get(f"{amir}?period=days&paper={paper}").get_data(as_text=True)
        assert f'<a href="{amir}?period=days#day-2026-11-18"><title>Wednesday 18 November 09:05: 1 Calm' in page

    def test_nothing_that_counts_answers_reads_as_a_step(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        """Two or three answers of a weekday and time: how many there are, in words, and no numeral alone."""
        for address in (amir, f"{amir}?paper=parents"):
            page = lint(signed_in("bell").get(address).get_data(as_text=True))
            few = ["".join(cell.itertext()) for cell in page.iterfind(".//td[@class='few']")]
            assert {"2 answers", "3 answers"} & set(few)
            assert not [cell for cell in few if cell.isdigit()]

    def test_a_day_without_an_answer_is_missing_and_no_number(self, signed_in: SignIn, amir: str) -> None:
        page = signed_in("bell").get(amir).get_data(as_text=True)
        assert "day-2026-11-09" not in page
        assert page.count('<td class="no-answer">') == 1

    def test_where_five_is_calm_the_steps_are_the_schools_own(
        self, app: Flask, signed_in: SignIn, amir: str
    ) -> None:
        with app.app_context():
            change_setting("scale_direction", "calm_is_5", KEYBOARD)
        said = words_of(signed_in("bell"), amir)
        assert "2 of 11 answers were 1 or 2." in said
        assert "The middle answer is 5; half of the answers or more lie at 4 to 5" in said

    def test_talks_what_helped_and_cards(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        said = words_of(signed_in("bell"), amir)
        assert "Asked for a chat once; once an adult and the child talked." in said
        assert "On 1 of these days there is an answer before and after the talk: one calmer after" in said
        assert "“Did talking help?” The child said: yes 1." in said
        assert "Mrs Ali talked 4, 2 went for a walk; the child: yes" in said
        assert "I thought of you on Saturday." in said
        assert "secret den" not in said, "what an adult wrote in their own words stays with the talk"

    def test_another_childs_answers_and_talks_are_not_there(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        said = words_of(signed_in("bell"), f"/patterns/children/{school.pupils['zofia']}")
        assert "Amir" not in said
        assert "Mrs Ali" not in said
        assert (
            "No answer was 4 or 5. Zofia Nowak answered on 12 of 12 school days; 0 of 12 answers were 4 or 5."
            in said
        )

    def test_today_counts_against_nobody_until_it_is_over(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)  # of today, and Amir answered on it
        zofia = f"/patterns/children/{school.pupils['zofia']}"
        assert "Amir Khan answered on 12 of 13 school days" in words_of(signed_in("bell"), amir)
        assert "Zofia Nowak answered on 12 of 12 school days" in words_of(signed_in("bell"), zofia)
        a_friday.shift(timedelta(days=1))
        assert "Zofia Nowak answered on 12 of 13 school days" in words_of(signed_in("bell"), zofia)

    def test_in_september_last_year_is_no_part_of_the_year_in_squares(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates
    ) -> None:
        amir, oak = school.pupils["amir"], school.classes["oak"]
        with app.app_context():
            answered(amir, oak, [2] * 5, until=date(2026, 7, 11))
            answered(amir, oak, [1] * 3, until=date(2026, 9, 5))
        a_friday.move_to(datetime(2026, 9, 5, 9, tzinfo=UTC))
        page = lint(signed_in("bell").get(f"/patterns/children/{amir}").get_data(as_text=True))
        squares = page.findall(".//{*}table[@class='year']/{*}tbody/{*}tr/{*}td")
        assert [square.text for square in squares if square.text] == ["1", "1", "1"]
        dots = [one for one in page.findall(".//{*}circle") if one.get("class", "").startswith("dot ")]
        assert len(dots) == 8, "all of the last twelve weeks"

    def test_a_child_who_never_checked_in(self, signed_in: SignIn, school: School, amir: str) -> None:
        said = words_of(signed_in("bell"), f"/patterns/children/{school.pupils['tomi']}")
        assert "Tomi Adeyemi answered on 0 of 12 school days." in said
        assert "There is no answer in this time." in said

    def test_children_are_found_by_class(self, signed_in: SignIn, amir: str) -> None:
        page = signed_in("bell").get("/patterns/children/").get_data(as_text=True)
        assert f'<a href="{amir}">Amir Khan</a>' in page
        assert page.index("Birch") < page.index("Tomi") < page.index("Oak") < page.index("Amir")


class TestPaper:
    def test_parents_read_of_nobody_but_their_child(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        page = signed_in("green").get(f"{amir}?paper=parents").get_data(as_text=True)
        paper = page.partition("<main")[2].partition("</main")[0]
        assert "For a meeting with parents" in paper
        assert "Amir Khan answered on 12 of 13 school days" in paper
        assert not [name for name in ("Mrs Ali", "Mr Okafor", "Zofia", "Mr Bell") if name in paper]
        assert "Asked for a chat" not in paper
        assert "Did talking help?" not in paper

    def test_the_team_reads_who_talked_and_what_helped(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        said = words_of(signed_in("green"), f"{amir}?paper=team")
        assert "Mrs Ali talked" in said
        assert "shred it" in said


def asks_about(app: Flask, school: School, *requests: dict[str, object]) -> list[int]:
    """Requests of Amir's that ended, with what they were about; their ids."""
    with app.app_context(), writing() as session:
        chats = [
            Chat(
                key=uuid4(),
                pupil_id=school.pupils["amir"],
                asked_for_id=school.adults["ali"],
                owner_id=school.adults["ali"],
                when="now",
                asked_at=utc_now(),
                received_at=utc_now(),
                state="closed",
                since=utc_now(),
                due_at=utc_now(),
                **{"school_day": date(2026, 11, 20), "wants": "chat", "about": [], **request},
            )
            for request in requests
        ]
        session.add_all(chats)
        session.flush()
        return [chat.id for chat in chats]


class TestWhatTheChildWantedToTalkAbout:
    """The child's own choice of pictures, with each request and in a sentence."""

    @pytest.fixture
    def asked(self, app: Flask, school: School, amir: str) -> str:
        asks_about(
            app,
            school,
            {"about": ["friends"]},
            {"about": ["home"], "about_maybe": ["friends"], "about_not_today": ["learning", "body"]},
            {"about": ["friends", "not_say"]},
            {"about": ["not_say"]},
            {"wants": "safe_space", "about": ["not_say"]},
        )
        return amir

    @pytest.mark.parametrize("paper", ["", "?paper=team"])
    def test_the_page_and_the_teams_paper_say_it(self, signed_in: SignIn, asked: str, paper: str) -> None:
        said = words_of(signed_in("bell"), f"{asked}{paper}")
        assert "Most often about friends: 2 of 5 requests." in said, "would rather not say is no topic"
        assert "Mrs Ali home; maybe: friends; not today: learning, my body talked" in said
        assert "Mrs Ali a quiet place; would rather not say talked" in said

    def test_the_parents_paper_says_it_only_when_somebody_decides_so(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        """It was told to an adult whom the child chose: how often, what about and whether it helped."""
        asks_about(app, school, {"about": ["friends"]}, {"about": ["friends", "learning"]})
        browser = signed_in("bell")
        said = words_of(browser, f"{amir}?paper=parents")
        assert "friends" not in said
        assert "Asked for a chat" not in said
        assert "Add how often Amir Khan asked for a chat, what about, and whether it helped: it was told" in said
        with_it = words_of(browser, f"{amir}?paper=parents&requests=yes")
        assert "Asked for a chat twice; twice an adult and the child talked." in with_it
        assert "Most often about friends: 2 of 2 requests." in with_it
        assert "Leave out what Amir Khan asked for" in with_it
        with app.app_context():
            looks = db.session.scalars(
                select(AuditEvent.details).where(AuditEvent.name == "child_pattern_seen").order_by(AuditEvent.id)
            ).all()
        assert [look["paper"] for look in looks] == ["parents", "parents, with requests"]

    @pytest.mark.parametrize("pile", ["about", "about_maybe", "about_not_today"])
    @pytest.mark.parametrize("topic", ["home", "body"])
    def test_never_where_home_or_their_body_was_among_it(
        self, app: Flask, school: School, signed_in: SignIn, amir: str, pile: str, topic: str
    ) -> None:
        """Not by the address either; the safeguarding lead speaks first."""
        asks_about(app, school, {"about": ["friends"]}, {"about": ["friends"]}, {pile: [topic]})
        browser = signed_in("bell")
        for address in (f"{amir}?paper=parents", f"{amir}?paper=parents&requests=yes"):
            said = words_of(browser, address)
            assert (
                "Speak with the safeguarding lead first before you tell parents what Amir Khan asked for" in said
            )
            assert not [
                each for each in ("Asked for a chat", "friends", "home", "body", "Add how often") if each in said
            ]
        with app.app_context():
            looks = db.session.scalars(
                select(AuditEvent.details).where(AuditEvent.name == "child_pattern_seen")
            ).all()
        assert [look["paper"] for look in looks] == ["parents", "parents"]

    def test_not_by_choosing_a_time_without_that_request_either(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        """What was told in October is no less told in November; what was told in another year is."""
        browser, address = signed_in("bell"), f"{amir}?period=days&paper=parents&requests=yes"
        last_year = {"about": ["home"], "school_day": date(2025, 10, 1)}
        asks_about(app, school, {"about": ["friends"]}, last_year)
        assert "Asked for a chat once" in words_of(browser, address)
        asks_about(app, school, {"about": ["body"], "school_day": date(2026, 10, 1)})
        said = words_of(browser, address)
        assert "Asked for a chat" not in said
        assert "Speak with the safeguarding lead first" in said

    def test_without_a_request_there_is_nothing_to_add(self, signed_in: SignIn, amir: str) -> None:
        said = words_of(signed_in("bell"), f"{amir}?paper=parents&requests=yes")
        assert "Add how often" not in said
        assert "Leave out what" not in said
        assert "safeguarding lead" not in said

    def test_two_topics_as_often_stand_together(
        self, app: Flask, school: School, signed_in: SignIn, asked: str
    ) -> None:
        asks_about(app, school, {"about": ["home"]})
        assert "Most often about home, friends: each in 2 of 6 requests." in words_of(signed_in("bell"), asked)

    def test_once_is_not_often(self, app: Flask, school: School, signed_in: SignIn, amir: str) -> None:
        asks_about(app, school, {"about": ["home"]})
        said = words_of(signed_in("bell"), amir)
        assert "Mrs Ali home talked" in said
        assert "Most often about" not in said

    def test_the_childs_own_words_for_steps(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        assert "Own words" not in words_of(signed_in("bell"), amir)
        with app.app_context(), writing() as session:
            own = {"own_steps": {"4": {"word": "Stormy"}, "1": {"word": "Sunny", "picture": "cat-1"}}}
            session.add(PupilTablet(pupil_id=school.pupils["amir"], choices=own, changed_at=utc_now()))
        for address in (amir, f"{amir}?paper=parents"):
            assert "Own words for the steps: 1 “Sunny”, 4 “Stormy”." in words_of(signed_in("bell"), address)
        with app.app_context():
            change_setting("scale_direction", "calm_is_5", KEYBOARD)
        assert "Own words for the steps: 2 “Stormy”, 5 “Sunny”." in words_of(signed_in("bell"), amir)

    def test_the_chronology_has_it(self, app: Flask, school: School, asked: str) -> None:
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet
            ask(NewChat(uuid4(), school.pupils["amir"], None, None, utc_now(), about=("home", "body")), tablet)
            told = chronology_of(school.pupils["amir"], KEYBOARD).happenings
        assert "about home, my body" in [one.words for one in told if one.what == "Asked for a chat"]


class TestTheChildsTelling:
    """What happened, as the child told it: for whoever may read what was written about that talk."""

    @pytest.fixture
    def told(self, app: Flask, school: School, amir: str) -> int:
        """A talk that put something right; the request's id."""
        (chat_id,) = asks_about(app, school, {"about": ["put_right"]})
        with app.app_context(), writing() as session:
            session.add(
                Outcome(
                    chat_id=chat_id,
                    did=["mended"],
                    helped=[],
                    happened="My ball was taken.",
                    affected="Tomi was sad.",
                    agreed="We play together.",
                    written_by_id=school.adults["ali"],
                    written_at=utc_now(),
                )
            )
        return chat_id

    @pytest.mark.parametrize("paper", ["", "?paper=team"])
    def test_the_lead_reads_it_and_that_is_recorded(
        self, app: Flask, signed_in: SignIn, amir: str, told: int, paper: str
    ) -> None:
        said = words_of(signed_in("green"), f"{amir}{paper}")
        assert "As Amir Khan told it Written down by an adult" in said
        assert "Fri 20 Nov My ball was taken. We play together." in said
        assert "Tomi was sad" not in said, "what is about other children stays with the talk"
        with app.app_context():
            seen = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "outcome_seen")).all()
        assert len(seen) == 1

    @pytest.mark.parametrize("paper", ["", "?paper=team"])
    def test_nurture_reads_it_only_of_a_request_they_were_told_of(
        self, app: Flask, school: School, signed_in: SignIn, amir: str, told: int, paper: str
    ) -> None:
        browser = signed_in("bell")
        said = words_of(browser, f"{amir}{paper}")
        assert "ball" not in said
        assert "told it" not in said
        with app.app_context(), writing() as session:
            bell = school.adults["bell"]
            session.add(ChatAudience(chat_id=told, adult_id=bell, why="handed", since=utc_now()))
        assert "My ball was taken." in words_of(browser, f"{amir}{paper}")

    def test_parents_never_do(self, signed_in: SignIn, amir: str, told: int) -> None:
        for address in (f"{amir}?paper=parents", f"{amir}?paper=parents&requests=yes"):
            assert "ball" not in words_of(signed_in("green"), address)

    def test_it_is_in_no_file(self, signed_in: SignIn, amir: str, told: int) -> None:
        assert "ball" not in signed_in("green").get(f"{amir}/export.csv").get_data(as_text=True)


def test_a_child_who_came_today_has_no_empty_pictures(app: Flask, school: School, signed_in: SignIn) -> None:
    with app.app_context():
        (pupil_id,) = add_children(school.classes["oak"], ["Una"])
    browser, page = signed_in("bell"), f"/patterns/children/{pupil_id}"
    for address in (page, f"{page}?paper=parents", f"{page}?paper=team"):
        said = words_of(browser, address)
        assert "There was no school for Una in this time, and no answer." in said
        for empty in ("Past the dots", "Weekday and time", "half terms", "hardest answer", "newest first"):
            assert empty not in said, address


class TestLeftOut:
    def leave_out(self, signed_in: SignIn, amir: str, why: str = "His parents object.") -> str:
        browser = signed_in("bell")
        browser.post_form(f"{amir}/leave-out", {"why": why}, page=amir)
        return words_of(browser, amir)

    def test_nothing_is_shown_and_it_says_who_decided_and_why(self, signed_in: SignIn, amir: str) -> None:
        said = self.leave_out(signed_in, amir)
        assert "Left out of patterns since 20 November 2026 by Mr Bell: His parents object." in said
        assert "answered on" not in said
        assert "Amir Khan left out" in words_of(signed_in("green"), "/patterns/children/")

    def test_it_is_recorded_and_can_be_undone(self, app: Flask, signed_in: SignIn, amir: str) -> None:
        self.leave_out(signed_in, amir)
        browser = signed_in("green")
        browser.post_form(f"{amir}/bring-back", {}, page=amir)
        assert "answered on 11 of 12" in words_of(browser, amir)
        with app.app_context():
            names = db.session.scalars(select(AuditEvent.name).where(AuditEvent.name.like("%patterns"))).all()
        assert names == ["left_out_of_patterns", "back_in_patterns"]

    def test_nobody_is_left_out_without_a_reason(self, signed_in: SignIn, amir: str) -> None:
        said = self.leave_out(signed_in, amir, why="  ")
        assert "Say in a sentence why" in said
        assert "answered on 11 of 12" in said

    def test_today_shows_what_was_told_in_the_class_and_on_no_list(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        browser = signed_in("bell")
        assert hard_today(browser) == ["Amir Khan"]
        said = self.leave_out(signed_in, amir)
        assert "no list names them for what they feel, how often they ask or that they are silent" in said
        assert hard_today(browser) == []
        page = lint(browser.get("/patterns/").get_data(as_text=True))
        assert [row.findtext("th") for row in page.iterfind(".//table[@class='heard']/tbody/tr")] == ["Amir Khan"]
        assert "answered late" in words_of(browser, amir)

    def test_nor_is_a_silent_child_named_though_counted(
        self, signed_in: SignIn, amir: str, a_friday: time_machine.Coordinates
    ) -> None:
        browser = signed_in("bell")
        said = words_of(browser, "/patterns/")
        self.leave_out(signed_in, amir)
        without = words_of(browser, "/patterns/")
        assert said.count("Amir") == 2, "above the classes and in the class"
        assert without.count("Amir") == 0
        assert "0 of 2 checked in" in without, "a class counts everybody"

    def test_a_request_is_never_lost(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        """Who waits, and who was answered late, stands there whoever is left out."""
        self.leave_out(signed_in, amir)
        with app.app_context():
            tablet = recognise(school.oak_token)
            assert tablet
            ali = school.adults["ali"]
            key, _new = ask(NewChat(uuid4(), school.pupils["amir"], ali, None, utc_now()), tablet)
        a_friday.shift(timedelta(minutes=40))
        browser = signed_in("bell")
        assert "Amir Khan Oak Waiting for 40 minutes." in words_of(browser, "/patterns/")
        with app.app_context():
            answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
        late = words_of(browser, "/patterns/").partition("Answered late today")[2]
        assert late.startswith(" Amir Khan Oak Asked Mrs Ali, 09:00. First answer after 40 minutes.")


def test_a_school_can_do_without_this_page(app: Flask, signed_in: SignIn, amir: str) -> None:
    with app.app_context():
        change_setting("patterns_child", "no", KEYBOARD)
    browser = signed_in("bell")
    assert "Children over time" not in words_of(browser, "/patterns/")
    for address in (amir, "/patterns/children/"):
        said = words_of(browser, address, status=404)
        assert "The school has switched this page off" in said
        assert "Amir" not in said


class TestWayThere:
    def test_from_the_childs_own_page_and_from_who_had_it_hard(
        self, app: Flask, school: School, signed_in: SignIn, a_friday: time_machine.Coordinates, amir: str
    ) -> None:
        talk(app, school, a_friday)
        for address in (f"/staff/children/{school.pupils['amir']}", "/patterns/"):
            assert f'href="{amir}"' in signed_in("bell").get(address).get_data(as_text=True)

    @pytest.mark.parametrize("who", ["ali", "novak"])
    def test_no_way_is_shown_to_who_may_not_go_it(
        self, school: School, signed_in: SignIn, amir: str, who: str
    ) -> None:
        page = signed_in(who).get(f"/staff/children/{school.pupils['amir']}").get_data(as_text=True)
        assert "Amir Khan" in page
        assert "/patterns/children/" not in page

    def test_nor_where_the_school_has_switched_it_off(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        with app.app_context():
            change_setting("patterns_child", "no", KEYBOARD)
        page = signed_in("bell").get(f"/staff/children/{school.pupils['amir']}").get_data(as_text=True)
        assert f'href="{amir}"' not in page


class TestWithRegisters:
    """Days on which a register says that the child was not in school are told from days without a word."""

    @pytest.fixture
    def was_ill(self, app: Flask, school: School, amir: str) -> str:
        """Amir was away on the day he said nothing; of the 17th the register is wrong."""
        away = [date(2026, 11, 9), date(2026, 11, 17)]
        with app.app_context(), writing() as session:
            session.add_all(
                Attendance(school_day=day, pupil_id=school.pupils["amir"], morning=day not in away, afternoon=None)
                for day in (date(2026, 11, 4), *away)
            )
        return amir

    def test_they_are_no_days_without_an_answer(self, signed_in: SignIn, was_ill: str) -> None:
        said = words_of(signed_in("bell"), was_ill)
        assert "answered on 11 of 11 school days in school (not in school on 1 more)" in said
        assert "Not in school, by the register. Not in school: 9 Nov." in said
        assert "striped when not in school" in said
        assert "17 Nov" not in said.split("by the register.")[1].split("Weekday and time")[0]

    def test_without_registers_nothing_is_said(self, signed_in: SignIn, amir: str) -> None:
        said = words_of(signed_in("bell"), amir)
        assert "answered on 11 of 12 school days;" in said
        assert "ot in school" not in said

    def test_the_file_says_which_days_do_not_count(self, signed_in: SignIn, was_ill: str) -> None:
        text = signed_in("bell").get(f"{was_ill}/export.csv").get_data(as_text=True)
        assert "School days on which a register says that the child was not in school" in text

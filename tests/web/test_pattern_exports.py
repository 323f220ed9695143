"""What leaves the house: files of what pages show; they run no formula, say what is left out, are recorded."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from kiosk.audit import AuditEvent
from kiosk.chats.models import Chat, Concern, Outcome
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask, cancel
from kiosk.db import db, utc_now, writing
from kiosk.minding.models import Card
from kiosk.patterns.out.files import as_csv, as_xlsx
from kiosk.patterns.out.sheets import Export, Sheet
from kiosk.people.models import Pupil
from kiosk.people.tablets import recognise
from tests.cast import School
from tests.client import LintingClient
from tests.web.patterns_school import FRIDAY, SignIn, add_class, oak_answers

XL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHANGED = [*([1, 2, 1, 1, 2, 1, 1, 4, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 4, 4]
HOSTILE = ("=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")')


pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def amir(app: Flask, school: School) -> str:
    oak_answers(app, school, "amir", CHANGED)
    oak_answers(app, school, "zofia", [1] * 50)
    return f"/patterns/children/{school.pupils['amir']}"


@pytest.fixture
def talk(app: Flask, school: School, amir: str, a_friday: time_machine.Coordinates) -> str:
    """Amir asked Mrs Ali, they talked, she wrote it up and raised a concern; the address of his chronology."""
    a_friday.shift(-timedelta(days=1))
    with app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet
        ali = school.adults["ali"]
        about = {"about": ("home",), "maybe": ("friends",)}
        key, _new = ask(NewChat(uuid4(), school.pupils["amir"], ali, None, utc_now(), **about), tablet)
        a_friday.shift(timedelta(minutes=10))
        answer(key, "talked", Asker(ali, 1, sees_all=False), seen_number=1)
        with writing() as session:
            chat_id = session.execute(select(Chat.id).where(Chat.key == key)).scalar_one()
            session.merge(
                Outcome(
                    chat_id=chat_id,
                    did=["walked"],
                    helped=[],
                    note="=He told me of a den.",
                    written_by_id=ali,
                    written_at=utc_now(),
                )
            )
            concern = {"raised_by_id": ali, "raised_at": utc_now(), "pupil_id": school.pupils["amir"]}
            session.add(Concern(words="About Mrs Green.", about_adult_id=school.adults["green"], **concern))
    a_friday.move_to(FRIDAY)
    return f"{amir}/chronology.csv"


def rows(browser: LintingClient, address: str) -> list[list[str]]:
    """A CSV file as a spreadsheet reads it."""
    sent = browser.get(address)
    assert sent.status_code == 200
    assert sent.content_type.startswith("text/csv")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["Cache-Control"] == "no-store"
    return list(csv.reader(StringIO(sent.get_data().decode("utf-8-sig"))))


def tables(browser: LintingClient, address: str) -> dict[str, list[list[str]]]:
    """An XLSX file as a spreadsheet reads it: the cells of each sheet, as text."""
    with ZipFile(BytesIO(browser.get(address).get_data())) as book:
        shared = ["".join(item.itertext()) for item in fromstring(book.read("xl/sharedStrings.xml"))]
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in range(1, len(names) + 1)]
    return {
        name: [[_value(cell, shared) for cell in row] for row in sheet.iterfind(f".//{XL}row")]
        for name, sheet in zip(names, sheets, strict=True)
    }


def _value(cell: Element, shared: list[str]) -> str:
    value = cell.findtext(f"{XL}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value


def recorded(app: Flask, name: str) -> list[tuple[object, object]]:
    with app.app_context():
        found = db.session.execute(
            select(AuditEvent.pupil_id, AuditEvent.details).where(AuditEvent.name == name).order_by(AuditEvent.id)
        )
        return [(row.pupil_id, row.details) for row in found]


class TestFiles:
    def export(self, *values: str) -> Export:
        return Export("x", (Sheet("Names", ("Name",), [(value,) for value in values]),), ("=note",))

    def test_no_cell_of_a_csv_is_a_formula(self) -> None:
        text = as_csv(self.export(*HOSTILE)).decode("utf-8-sig")
        cells = [cell for row in csv.reader(StringIO(text, newline="")) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]

    def test_no_cell_of_a_workbook_is_a_formula_or_a_link(self) -> None:
        with ZipFile(BytesIO(as_xlsx(self.export(*HOSTILE, "http://evil.example")))) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
        assert len(sheets) == 2
        assert not [sheet for sheet in sheets if "<f>" in sheet or "hyperlink" in sheet]

    def test_names_in_any_script_come_out_as_they_went_in(self) -> None:
        assert "Łucja عائشة" in as_csv(self.export("Łucja عائشة")).decode("utf-8-sig")

    def test_a_csv_says_which_tables_only_the_spreadsheet_has(self) -> None:
        first = Sheet("Names", ("Name",), [("Amir",)], ("of the first",))
        export = Export("x", (first, Sheet("Numbers", ("N",), [(7,)], ("of the second",))), ("of all",))
        assert list(csv.reader(StringIO(as_csv(export).decode("utf-8-sig")))) == [
            ["Name"],
            ["Amir"],
            [],
            ["Only in the spreadsheet", "Numbers"],
            ["Left out", "of all"],
            ["Left out", "of the first"],
        ]

    def test_a_negative_number_is_a_number(self) -> None:
        assert b"\r\n-2\r\n" in as_csv(Export("x", (Sheet("N", ("N",), [(-2,)]),), ()))


class TestWhoMayTake:
    @pytest.mark.parametrize("who", ["ali", "okafor", "novak", "patel"])
    def test_not_who_may_not_see_the_page(self, signed_in: SignIn, talk: str, amir: str, who: str) -> None:
        browser = signed_in(who)
        for page in (amir, "/patterns/different", "/patterns/connections", "/patterns/school"):
            assert browser.get(f"{page}/export.csv").status_code == 403
        assert browser.get(talk).status_code == 403

    def test_nurture_staff_cannot_take_a_chronology(self, signed_in: SignIn, talk: str, amir: str) -> None:
        browser = signed_in("bell")
        assert browser.get(talk).status_code == 403
        assert "Chronology" not in browser.get(amir).get_data(as_text=True)
        assert "Chronology" in signed_in("green").get(amir).get_data(as_text=True)

    def test_each_is_recorded_with_its_form(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        browser = signed_in("bell")
        for address in (
            f"{amir}/export.xlsx",
            "/patterns/connections/export.csv",
            "/patterns/different/export.csv",
        ):
            assert browser.get(address).status_code == 200
        assert browser.get("/patterns/school/export.xlsx?group=year-3").status_code == 200
        assert recorded(app, "child_pattern_seen") == [
            (school.pupils["amir"], {"period": "weeks", "paper": "xlsx"})
        ]
        assert [(details["view"], details["form"]) for _pupil, details in recorded(app, "pattern_exported")] == [
            ("connections", "csv"),
            ("different", "csv"),
            ("school", "xlsx"),
        ]

    def test_another_form_or_child_is_not_there(self, signed_in: SignIn, amir: str) -> None:
        browser = signed_in("green")
        for address in (f"{amir}/export.exe", f"{amir}/chronology.pdf", "/patterns/children/999/export.csv"):
            assert browser.get(address).status_code == 404
        assert browser.get("/patterns/children/999/chronology.csv").status_code == 404
        assert browser.get("/patterns/different/export.csv?week=2020-01-06").status_code == 404


class TestWhatIsInThem:
    def test_a_childs_answers(self, signed_in: SignIn, amir: str) -> None:
        told = rows(signed_in("bell"), f"{amir}/export.csv?period=year")
        assert told[0][:4] == ["Day", "Time", "Step", "Word"]
        assert ["2026-11-19", "09:05", "4", "Upset", "4", ""] in told
        assert told[-1][0] == "Left out"
        assert told[-1][1].startswith("A school day without an answer has no row")

    def test_what_adults_wrote_stays_with_the_talk(self, signed_in: SignIn, talk: str, amir: str) -> None:
        with ZipFile(BytesIO(signed_in("bell").get(f"{amir}/export.xlsx").get_data())) as book:
            words = book.read("xl/sharedStrings.xml").decode()
        assert "Mrs Ali" in words
        assert "den" not in re.findall(r"\w+", words)

    def test_what_the_child_wanted_to_talk_about(self, signed_in: SignIn, amir: str, talk: str) -> None:
        heads, request = tables(signed_in("bell"), f"{amir}/export.xlsx")["Requests"]
        assert heads[2:5] == ["Adult", "Wanted to talk about", "What became of it"]
        assert request[2:5] == ["Mrs Ali", "home; maybe: friends", "talked"]

    def test_a_child_who_is_left_out_cannot_be_taken_out(self, signed_in: SignIn, amir: str) -> None:
        browser = signed_in("bell")
        browser.post_form(f"{amir}/leave-out", {"why": "Agreed."}, page=amir)
        assert browser.get(f"{amir}/export.csv").status_code == 404
        told = rows(browser, "/patterns/different/export.csv")
        assert not [row for row in told if "Amir Khan" in row]
        assert ["Left out", "Children whom the school leaves out of patterns are not in here."] in told

    def test_a_child_who_is_left_out_stands_among_what_the_school_owes_and_nowhere_else(
        self, school: School, signed_in: SignIn, amir: str
    ) -> None:
        browser = signed_in("bell")
        tomi = f"/patterns/children/{school.pupils['tomi']}"
        browser.post_form(f"{tomi}/leave-out", {"why": "Agreed."}, page=tomi)
        told = rows(browser, "/patterns/connections/export.csv")
        assert [row[0] for row in told if "Tomi Adeyemi" in row] == ["only one adult"]
        assert [
            row for row in told if row and row[0] == "Left out" and "are not among those not heard from" in row[1]
        ]

    def test_the_list_with_what_happened_next(self, signed_in: SignIn, amir: str) -> None:
        browser = signed_in("bell")
        page = browser.get("/patterns/different").get_data(as_text=True)
        (entry,) = re.findall(r'id="entry-(\d+)"', page.partition("By the plain rules")[0])
        form = {"kind": "decided", "words": "=breakfast"}
        browser.post_form(f"/patterns/different/{entry}", form, page="/patterns/different")
        told = rows(browser, "/patterns/different/export.csv")
        assert told[1][0] == "Amir Khan"
        assert told[1][4:7] == ["decided", "'=breakfast", "Mr Bell"]

    def test_silence_and_connections(self, signed_in: SignIn, amir: str) -> None:
        told = rows(signed_in("bell"), "/patterns/connections/export.csv")
        assert ["not heard from", "Tomi Adeyemi", "Birch", "", "0", ""] in told

    def test_silence_and_connections_has_a_sheet_for_each_table_of_its_page(
        self, signed_in: SignIn, talk: str
    ) -> None:
        browser = signed_in("bell")
        book = tables(browser, "/patterns/connections/export.xlsx")
        only_there = ["Asked and not met", "Adults", "Adults by month", "Months"]
        assert list(book) == ["Children", *only_there, "Left out"]
        told = rows(browser, "/patterns/connections/export.csv")
        assert [row[1] for row in told if row and row[0] == "Only in the spreadsheet"] == only_there
        assert not [row for row in told if row and row[0] == "Left out" and "adult's minutes" in row[1]]
        assert ["Adults", "Of fewer than 5 times no minutes of an adult are given."] in book["Left out"]

    def test_what_adults_carry_and_when(self, signed_in: SignIn, talk: str) -> None:
        book = tables(signed_in("bell"), "/patterns/connections/export.xlsx")
        heads = book["Adults"][0]
        assert heads[:9] == [
            "Adult",
            "Named by",
            "Asked by name",
            "Of those, taken by somebody else",
            "Of those, while away",
            "Of those, without an account",
            "Of those, never answered",
            "Answered first",
            "Talked",
        ]
        (ali,) = (row for row in book["Adults"] if row[0] == "Mrs Ali")
        assert ali[:9] == ["Mrs Ali", "1", "1", "0", "0", "0", "0", "1", "1"]
        assert ali[9:] == [], "one time is no middle"
        months = [row for row in book["Adults by month"] if row[0] == "Mrs Ali"]
        assert [row[2] for row in months] == ["0", "0", "0", "1"]

    def test_what_was_not_met(
        self, app: Flask, school: School, signed_in: SignIn, amir: str, a_friday: time_machine.Coordinates
    ) -> None:
        for days, gives_up in ((2, False), (1, True)):
            a_friday.move_to(FRIDAY - timedelta(days=days))
            with app.app_context():
                tablet = recognise(school.oak_token)
                assert tablet
                adult_id = None if gives_up else school.adults["ali"]
                key, _new = ask(NewChat(uuid4(), school.pupils["amir"], adult_id, None, utc_now()), tablet)
                a_friday.shift(timedelta(minutes=49))
                if gives_up:
                    cancel(key, tablet)
        a_friday.move_to(FRIDAY)
        _heads, still_open, ended = tables(signed_in("bell"), "/patterns/connections/export.xlsx")[
            "Asked and not met"
        ]
        assert still_open[:2] + still_open[3:5] == ["Amir Khan", "Oak", "Mrs Ali", "still open, no answer"]
        assert ended[3:] == ["whoever is on duty", "never answered, the child said: I'm OK now", "49"]

    def test_a_childs_file_has_the_cards_left_for_them(
        self, app: Flask, school: School, signed_in: SignIn, amir: str
    ) -> None:
        card = {
            "adult_id": school.adults["ali"],
            "pupil_id": school.pupils["amir"],
            "kind": "kindness",
            "picture": "cat-1",
        }
        with app.app_context(), writing() as session:
            for words, taken_back_at in (("You helped Tomi.", None), ("Not this one.", utc_now())):
                left = {"left_at": FRIDAY - timedelta(days=1), "taken_back_at": taken_back_at}
                session.add(Card(key=uuid4(), words=words, **card, **left))
        browser = signed_in("bell")
        assert [row[2:5] for row in tables(browser, f"{amir}/export.xlsx")["Cards"]] == [
            ["Adult", "Kind", "Words"],
            ["Mrs Ali", "A kindness", "You helped Tomi."],
        ]
        only_there = [
            row[1] for row in rows(browser, f"{amir}/export.csv") if row[:1] == ["Only in the spreadsheet"]
        ]
        assert only_there == ["Half terms", "Requests", "Cards"]

    def test_figures_say_what_they_leave_out(self, signed_in: SignIn, amir: str) -> None:
        told = rows(signed_in("bell"), "/patterns/school/export.csv?period=year")
        assert told[0] == ["Day", "Per cent hard", "Answers", "Signal"]
        assert told[1] == [], "two children are too few for a figure"
        assert told[2:4] == [["Only in the spreadsheet", name] for name in ("Weekday and hour", "Half terms")]
        assert told[4] == ["Only in the spreadsheet", "Weeks"]
        assert "are left out of every figure: 50 of 50 hours." in told[5][1]


class TestChronology:
    def test_it_is_everything_in_order_of_time(self, signed_in: SignIn, talk: str) -> None:
        told = rows(signed_in("green"), talk)
        whats = [(row[2], row[3]) for row in told[1:] if len(row) == 6 and row[0] == "2026-11-19"]
        assert whats == [
            ("Asked for a chat", "the child"),
            ("Checked in", "the child"),
            ("Talked", "Mrs Ali"),
            ("Talk written up", "Mrs Ali"),
        ]
        assert ["2026-11-19", "09:05", "Checked in", "the child", "4 Upset", ""] in told
        assert [row[0] + row[1] for row in told[1:-3]] == sorted(row[0] + row[1] for row in told[1:-3])

    def test_it_holds_what_adults_wrote_and_no_concern(self, school: School, signed_in: SignIn, talk: str) -> None:
        """Mrs Green leads safeguarding, and the concern is about her: nothing here may tell her of it."""
        told = rows(signed_in("green"), talk)
        assert any("note: =He told me of a den." in row[4] for row in told if len(row) == 6)
        assert not [row for row in told if any("About Mrs Green" in cell for cell in row)]
        other = rows(signed_in("green"), f"/patterns/children/{school.pupils['zofia']}/chronology.csv")
        about_one, about_none = (
            [cell for row in file for cell in row if "oncern" in cell] for file in (told, other)
        )
        assert about_one == about_none

    def test_it_says_from_which_device_something_was_done(
        self, app: Flask, school: School, signed_in: SignIn, talk: str, client: LintingClient
    ) -> None:
        key, amir, ali = str(uuid4()), str(school.pupils["amir"]), str(school.adults["ali"])
        now = utc_now().isoformat()
        asked = {"id": key, "pupil": amir, "adult": ali, "asked_at": now, "when": "now"}
        assert client.post("/tablet/chats", json=asked, headers=school.bearer()).status_code == 201
        phone = signed_in("ali")
        phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Mobile"
        form = {"answer": "seen", "seen_number": "1"}
        assert phone.post_form(f"/staff/chats/{key}/answer", form).status_code == 303
        told = [row for row in rows(signed_in("green"), talk) if row and row[0] == "2026-11-20"]
        assert [(row[2], row[3], row[5]) for row in told] == [
            ("Asked for a chat", "the child", "Oak tablet"),
            ("Request seen", "Mrs Ali", "iPhone"),
        ]

    def test_another_childs_days_are_not_in_it(self, school: School, signed_in: SignIn, talk: str) -> None:
        told = rows(signed_in("green"), f"/patterns/children/{school.pupils['zofia']}/chronology.csv")
        assert not [row for row in told if "Mrs Ali" in row]

    def test_that_it_was_taken_is_recorded(self, app: Flask, school: School, signed_in: SignIn, talk: str) -> None:
        signed_in("green").get(talk)
        assert recorded(app, "chronology_taken") == [(school.pupils["amir"], {"happenings": 53})]


def test_a_year_of_any_name_has_a_file_whose_name_every_server_and_system_takes(
    app: Flask, signed_in: SignIn
) -> None:
    """The header is sent in Latin letters or not at all."""
    year = 'Tŷ "3/4"; x'
    with app.app_context():
        add_class("Beech", year)
    sent = signed_in("bell").get("/patterns/school/export.csv", query_string={"group": f"year-{year}"})
    assert sent.headers["Content-Disposition"] == (
        'attachment; filename="year-T-3-4-x-2026-08-31-to-2026-11-20.csv"'
    )


def test_a_name_that_is_a_formula_runs_nowhere(app: Flask, school: School, signed_in: SignIn, amir: str) -> None:
    with app.app_context(), writing() as session:
        renamed = update(Pupil).where(Pupil.id == school.pupils["tomi"])
        session.execute(renamed.values(given_name="=cmd|' /C calc'!A0", family_name=""))
    told = rows(signed_in("bell"), "/patterns/connections/export.csv")
    assert [cell for row in told for cell in row if "calc" in cell] != []
    assert not [cell for row in told for cell in row if cell.startswith("=")]


@pytest.mark.parametrize("name", ["chronology.csv", "chronology.xlsx"])
def test_the_command_writes_a_file_that_only_its_owner_reads(
    app: Flask,
    school: School,
    talk: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    from kiosk.cli import kiosk

    folder = tmp_path_factory.mktemp("paper")
    monkeypatch.setattr("kiosk.create_app", lambda _settings: app)
    monkeypatch.setenv("KIOSK_INSTANCE", str(folder))
    command = ["chronology", str(school.pupils["amir"]), "--file", str(folder / name)]
    ran = CliRunner().invoke(kiosk, command)
    assert ran.exit_code == 0, ran.output
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert (folder / name).read_bytes().startswith(b"PK" if name.endswith("xlsx") else b"\xef\xbb\xbf")
    again = CliRunner().invoke(kiosk, command)
    assert "is there already" in str(again.exception)
    for number in ("999", "9" * 30):
        nobody = CliRunner().invoke(kiosk, ["chronology", number])
        assert f"There is no child with the number {number}." in str(nobody.exception)

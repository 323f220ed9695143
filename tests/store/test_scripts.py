"""Mrs Ali and Mr Okafor write Amir's script. Nothing is overwritten; Mr Shah neither reads nor writes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from kiosk.audit import AuditEvent
from kiosk.db import db
from kiosk.minding.models import Script
from kiosk.minding.rules import ScriptEntry, WordsRefused
from kiosk.minding.scripts import SomebodyWroteMeanwhile, script_of, scripts_of, versions, write_script
from kiosk.people.high5 import NoSuchPupil
from tests.cast import School
from tests.store.near import near_adult

pytestmark = pytest.mark.usefixtures("oak")

FIRST = ScriptEntry(
    shows="I pull my hood up.",
    helps="A quiet corner and my lion.",
    say="I am here. Take the time you need.",
    avoid="Asking why.",
    likes="Lions, and anything with wheels.",
    plan={"3": "Walk to the tree and back.", "5": "Treetops, with the door open."},
    review_on=date(2027, 1, 11),
)


def test_what_is_written_is_what_everybody_reads(school: School) -> None:
    amir = school.pupils["amir"]
    write_script(amir, FIRST, near_adult(school, "ali"), seen_version=0)
    read = script_of(amir)
    assert read is not None
    assert (read.entry, read.version, read.written_by) == (FIRST, 1, "Mrs Ali")
    assert read.for_intensity(5) == "Treetops, with the door open."
    assert read.for_intensity(1) is None


def test_a_second_adult_writes_a_new_version_and_the_first_stays(school: School) -> None:
    amir = school.pupils["amir"]
    write_script(amir, FIRST, near_adult(school, "ali"), seen_version=0)
    second = replace(FIRST, avoid="Asking why, and standing over me.")
    written = write_script(amir, second, near_adult(school, "okafor"), seen_version=1)
    assert (written.version, written.written_by) == (2, "Mr Okafor")
    assert [one.entry for one in versions(amir, near_adult(school, "ali"))] == [second, FIRST]


def test_whoever_did_not_see_the_newest_is_refused_and_told_what_it_is(school: School) -> None:
    amir = school.pupils["amir"]
    write_script(amir, FIRST, near_adult(school, "ali"), seen_version=0)
    with pytest.raises(SomebodyWroteMeanwhile) as refused:
        write_script(amir, ScriptEntry(say="Mine"), near_adult(school, "okafor"), seen_version=0)
    assert refused.value.newest.entry == FIRST
    assert [one.version for one in versions(amir, near_adult(school, "ali"))] == [1]


def test_scripts_of_gives_the_newest_of_each_child_who_has_one(school: School) -> None:
    amir, zofia, tomi = (school.pupils[who] for who in ("amir", "zofia", "tomi"))
    green = near_adult(school, "green")
    write_script(amir, FIRST, green, seen_version=0)
    write_script(amir, replace(FIRST, say="Hello, Amir."), green, seen_version=1)
    write_script(tomi, ScriptEntry(likes="Boats"), green, seen_version=0)
    found = scripts_of([amir, zofia, tomi])
    assert {pupil: script.version for pupil, script in found.items()} == {amir: 2, tomi: 1}
    assert scripts_of([]) == {}


def test_somebody_who_is_not_near_neither_reads_nor_writes(school: School) -> None:
    amir, shah = school.pupils["amir"], near_adult(school, "shah")
    write_script(amir, FIRST, near_adult(school, "ali"), seen_version=0)
    with pytest.raises(NoSuchPupil):
        write_script(amir, ScriptEntry(say="Mine"), shah, seen_version=1)
    with pytest.raises(NoSuchPupil):
        versions(amir, shah)
    assert db.session.scalar(select(func.count()).select_from(Script)) == 1


def test_an_empty_script_is_refused_and_nothing_is_kept(school: School) -> None:
    amir = school.pupils["amir"]
    with pytest.raises(WordsRefused):
        write_script(amir, ScriptEntry(say=" \n "), near_adult(school, "ali"), seen_version=0)
    assert script_of(amir) is None


def test_every_version_is_on_record_with_who_wrote_it(school: School) -> None:
    amir = school.pupils["amir"]
    write_script(amir, FIRST, near_adult(school, "ali"), seen_version=0)
    (row,) = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "script_written"))
    assert (row.pupil_id, row.details, row.account_id) == (amir, {"version": 1}, 1)

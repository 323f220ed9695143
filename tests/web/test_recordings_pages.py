"""Staff record words and names; tablets are told what is recorded in the words that their screens show."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.people.high5 import Chooser
from kiosk.people.models import Teaching
from kiosk.people.set_up_tablet import WhoSetsUp, choose, choose_own_step
from kiosk.voices.sayings import Saying
from kiosk.voices.store import keep_recording, recordings
from kiosk.web.catalogues import TABLET, phrases
from tests.cast import School
from tests.client import LintingClient
from tests.sounds import webm

SignIn = Callable[[str], LintingClient]
YES = f"/staff/recordings/ur/phrase-{sha256(b'Yes').hexdigest()[:12]}"


def send(client: LintingClient, address: str, content: bytes = b"", **form: Any) -> TestResponse:
    """Send the form of one recording."""
    data = {"lent_by": "Mrs Khan", "agreed": "yes", "sound": (BytesIO(content), "recording"), **form}
    return client.post_form(
        address, {name: value for name, value in data.items() if value is not None}, page=address
    )


def test_every_language_and_every_phrase_can_be_reached(signed_in: SignIn) -> None:
    ali = signed_in("ali")
    index = ali.get("/staff/recordings/").get_data(as_text=True)
    assert "Urdu" in index
    assert 'href="/staff/recordings/ur"' in index
    page = ali.get("/staff/recordings/ur").get_data(as_text=True)
    assert dict(phrases(TABLET, "ur"))["Yes"] in page
    assert f'href="{YES}"' in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("code", ["so", "ps", "cy", "pl"])
def test_the_days_of_the_week_are_recorded_beside_the_times(signed_in: SignIn, code: str) -> None:
    said = dict(phrases(TABLET, code))
    page = signed_in("ali").get(f"/staff/recordings/{code}").get_data(as_text=True)
    times = page.split("Days and times", 1)[1].split("Everything else", 1)[0]
    places = [times.index(said[day]) for day in ("Monday", "Tuesday", "Saturday", "Sunday")]
    assert places == sorted(places)
    assert places[-1] < times.index(":00")


def test_a_recording_is_kept_with_whose_voice_it_is_and_leads_on(signed_in: SignIn) -> None:
    ali = signed_in("ali")
    kept = send(ali, YES, webm())
    assert kept.status_code == 303
    assert kept.location.startswith("/staff/recordings/ur#phrase-")
    onward = send(ali, YES, webm(), go_on="yes")
    assert onward.location.startswith("/staff/recordings/ur/phrase-")
    assert "lent_by=Mrs+Khan" in onward.location
    page = ali.get("/staff/recordings/ur").get_data(as_text=True)
    assert "Lent by Mrs Khan" in page
    heard = ali.get("/staff/recorded/" + page.split("/staff/recorded/")[1].split('"')[0])
    assert (heard.data, heard.mimetype) == (webm(), "audio/webm")
    assert heard.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"agreed": None}, "agrees"),
        ({"lent_by": " "}, "whose voice"),
        ({"lent_by": "x" * 81}, "whose voice"),
        ({"content": b"<html>"}, "not a sound"),
        ({"content": b""}, "no recording yet"),
        ({"content": webm() + bytes(300_000)}, "too large"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(
    signed_in: SignIn, app: Flask, form: dict[str, Any], why: str
) -> None:
    answer = send(signed_in("ali"), YES, **{"content": webm(), **form})
    assert answer.status_code == 422
    assert why in answer.get_data(as_text=True)
    with app.app_context():
        assert recordings("ur") == {}


def test_removing_is_one_button_and_final(signed_in: SignIn, app: Flask) -> None:
    ali = signed_in("ali")
    send(ali, YES, webm())
    with app.app_context():
        number = recordings("ur")["phrase:Yes"].id
    gone = ali.post_form(f"/staff/recorded/{number}/remove", {}, page="/staff/recordings/ur")
    assert (gone.status_code, gone.location) == (303, "/staff/recordings/ur")
    assert ali.get(f"/staff/recorded/{number}").status_code == 404


def test_an_adult_records_the_names_of_the_children_they_teach_and_of_no_other(
    signed_in: SignIn, school: School, app: Flask
) -> None:
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    ali, shah = signed_in("ali"), signed_in("shah")
    amir = f"/staff/recordings/names/pupil-{school.pupils['amir']}"
    assert send(ali, amir, webm()).status_code == 303
    assert "Amir" in ali.get("/staff/recordings/names").get_data(as_text=True)
    assert "Tomi" not in ali.get("/staff/recordings/names").get_data(as_text=True)
    assert "Amir" not in shah.get("/staff/recordings/names").get_data(as_text=True)
    assert shah.get(amir).status_code == 404
    with app.app_context():
        number = recordings("*")[f"pupil:{school.pupils['amir']}"].id
        looks = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "recordings_seen")).all()
        assert {"classes": ["Oak"]} in [look.details for look in looks]
    assert shah.get(f"/staff/recorded/{number}").status_code == 404
    assert shah.post_form(f"/staff/recorded/{number}/remove", {}, page="/staff/alerts").status_code == 404


@pytest.mark.parametrize("address", ["/staff/recordings/xx", "/staff/recordings/ur/phrase-0", "/staff/recorded/x"])
def test_what_is_not_there_is_not_there(signed_in: SignIn, address: str) -> None:
    assert signed_in("ali").get(address).status_code == 404


def test_only_the_page_that_records_may_ask_for_the_microphone(signed_in: SignIn) -> None:
    ali = signed_in("ali")
    assert "microphone=(self)" in ali.get(YES).headers["Permissions-Policy"]
    for address in ("/", "/staff/", "/staff/recordings/", "/staff/recordings/ur"):
        assert "microphone=()" in ali.get(address).headers["Permissions-Policy"]


def test_a_tablet_hears_what_is_recorded_by_the_words_on_its_screens(
    client: LintingClient, school: School, app: Flask
) -> None:
    novak = Chooser(school.adults["novak"], every_class=True)
    with app.app_context():
        keep_recording(Saying("en", "phrase:Yes, ask", "Yes, ask"), webm(1), "Mrs Ali", novak, KEYBOARD)
        keep_recording(Saying("en", "phrase:Skip", "What stood there before"), webm(2), "Mrs Ali", novak, KEYBOARD)
        amir = school.pupils["amir"]
        keep_recording(
            Saying("*", f"pupil:{amir}", "Amir Khan", pupil_id=amir), webm(3), "Mrs Ali", novak, KEYBOARD
        )
    told = client.get("/tablet/sounds", headers=school.bearer())
    assert told.get_json() == {
        "sounds": [
            {"language": "*", "words": "Amir", "sound": sha256(webm(3)).hexdigest()},
            {"language": "en", "words": "Yes, ask", "sound": sha256(webm(1)).hexdigest()},
        ]
    }
    again = client.get("/tablet/sounds", headers={**school.bearer(), "If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    birch = client.get("/tablet/sounds", headers=school.bearer("birch")).get_json()["sounds"]
    assert [one["words"] for one in birch] == ["Yes, ask"]
    sound = client.get(f"/tablet/sounds/{sha256(webm(3)).hexdigest()}", headers=school.bearer())
    assert (sound.data, sound.mimetype) == (webm(3), "audio/webm")
    assert "immutable" in sound.headers["Cache-Control"]
    assert sound.headers["X-Content-Type-Options"] == "nosniff"
    for who in (school.bearer("birch"),):
        assert client.get(f"/tablet/sounds/{sha256(webm(3)).hexdigest()}", headers=who).status_code == 404
    assert client.get("/tablet/sounds/x", headers=school.bearer()).status_code == 404


@pytest.mark.parametrize("code", ["ur", "zh-Hans", "cy", "en"])
def test_the_screens_come_in_a_language_for_the_page_of_the_same_version(client: LintingClient, code: str) -> None:
    answer = client.get(f"/tablet/screens/{code}")
    body = answer.get_json()
    assert (body["language"], body["direction"]) == (code, "rtl" if code == "ur" else "ltr")
    assert f'data-version="{body["version"]}"' in client.get("/").get_data(as_text=True)
    assert dict(phrases(TABLET, code))["Yes, ask"] in body["screens"]
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/tablet/screens/{code}?version={body['version']}", headers=headers).status_code == 304
    assert client.get(f"/tablet/screens/{code}?version=0").status_code == 409


def test_there_is_no_other_language(client: LintingClient) -> None:
    assert client.get("/tablet/screens/tlh").status_code == 404


def test_what_is_heard_most_comes_first_and_the_rest_is_folded(signed_in: SignIn) -> None:
    page = signed_in("ali").get("/staff/recordings/ur").get_data(as_text=True)
    urdu = dict(phrases(TABLET, "ur"))
    in_order = [
        urdu["I need help"],
        urdu["{adult} has seen it."],
        ">10:<",
        "recordings-more",
        urdu["Play outside"],
    ]
    assert [page.index(words) for words in in_order] == sorted(page.index(words) for words in in_order)


def test_a_phrase_without_words_is_neither_offered_nor_played(
    signed_in: SignIn, client: LintingClient, school: School, app: Flask
) -> None:
    assert dict(phrases(TABLET, "so"))["{day} at {time}"] == "{day} {time}"
    place = sha256(b"{day} at {time}").hexdigest()[:12]
    assert signed_in("ali").get(f"/staff/recordings/so/phrase-{place}").status_code == 404
    novak = Chooser(school.adults["novak"], every_class=True)
    with app.app_context():
        choose(school.pupils["amir"], "language", "so", WhoSetsUp(novak, KEYBOARD))
        keep_recording(
            Saying("so", "phrase:{day} at {time}", "{day} {time}"), webm(1), "Mrs Khan", novak, KEYBOARD
        )
        keep_recording(Saying("so", "hour:10", "10:"), webm(2), "Mrs Khan", novak, KEYBOARD)
    told = client.get("/tablet/sounds", headers=school.bearer()).get_json()["sounds"]
    assert [(one["language"], one["words"]) for one in told] == [("so", "10:")]


def test_what_was_recorded_for_something_that_is_no_more_can_be_removed(
    signed_in: SignIn, school: School, app: Flask
) -> None:
    novak = Chooser(school.adults["novak"], every_class=True)
    with app.app_context():
        number = keep_recording(
            Saying("*", "words:The old den", "The old den"), webm(), "Mrs Khan", novak, KEYBOARD
        )
    ali = signed_in("ali")
    page = ali.get("/staff/recordings/names").get_data(as_text=True)
    assert page.index("No longer used") < page.index("The old den")
    ali.post_form(f"/staff/recorded/{number}/remove", {}, page="/staff/recordings/names")
    assert "The old den" not in ali.get("/staff/recordings/names").get_data(as_text=True)


def test_a_childs_own_words_are_for_those_who_may_choose_for_the_child(
    signed_in: SignIn, client: LintingClient, school: School, app: Flask
) -> None:
    amir = school.pupils["amir"]
    novak = Chooser(school.adults["novak"], every_class=True)
    with app.app_context():
        choose_own_step(amir, 5, "Volcano", "", WhoSetsUp(novak, KEYBOARD))
        with writing() as session:
            session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    ali, shah = signed_in("ali"), signed_in("shah")
    place = f"/staff/recordings/names/own-{amir}-{sha256(b'Volcano').hexdigest()[:12]}"
    assert "Volcano" in ali.get("/staff/recordings/names").get_data(as_text=True)
    assert send(ali, place, webm()).status_code == 303
    assert "Volcano" not in shah.get("/staff/recordings/names").get_data(as_text=True)
    assert shah.get(place).status_code == 404
    sounds = client.get("/tablet/sounds", headers=school.bearer()).get_json()["sounds"]
    assert [one["words"] for one in sounds] == ["Volcano"]
    assert client.get("/tablet/sounds", headers=school.bearer("birch")).get_json()["sounds"] == []
    with app.app_context():
        choose_own_step(amir, 5, "", "", WhoSetsUp(novak, KEYBOARD))
    assert "Volcano" in ali.get("/staff/recordings/names").get_data(as_text=True)  # to be removed
    assert "Volcano" not in shah.get("/staff/recordings/names").get_data(as_text=True)


def test_the_safe_space_places_and_classes_are_heard_where_they_are_named(
    signed_in: SignIn, client: LintingClient, school: School
) -> None:
    ali = signed_in("ali")
    for words in ("Treetops", "Oak classroom", "the school office"):
        place = f"/staff/recordings/names/words-{sha256(words.encode()).hexdigest()[:12]}"
        assert send(ali, place, webm()).status_code == 303, words
    sounds = client.get("/tablet/sounds", headers=school.bearer()).get_json()["sounds"]
    assert sorted(one["words"] for one in sounds) == ["Oak classroom", "Treetops", "the school office"]

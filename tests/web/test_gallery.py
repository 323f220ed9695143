"""The gallery is for whoever works on Treetops: no school has it, and its examples are in the server's shapes."""

from __future__ import annotations

from flask import Flask

from tests.cast import School
from tests.client import LintingClient
from tests.contracts.checkout import setup_list
from tests.gallery.tablet_examples import TABLET_EXAMPLES
from tests.gallery.views import add_gallery


def test_a_server_of_a_school_has_no_gallery(sqlite_app: Flask) -> None:
    visitor = sqlite_app.test_client()
    for address in ("/gallery/", "/gallery/tablet", "/gallery/tablet.json", "/gallery/staff/notice"):
        assert visitor.get(address).status_code == 404
    assert [rule for rule in sqlite_app.url_map.iter_rules() if "gallery" in rule.endpoint] == []
    assert [name for name in setup_list("options", "packages") if not name.startswith("kiosk")] == []


def test_every_example_has_a_name_of_its_own(sqlite_app: Flask) -> None:
    visitor: LintingClient = add_gallery(sqlite_app).test_client()  # type: ignore[assignment]
    assert len(visitor.get("/gallery/tablet.json").get_json()) == len(TABLET_EXAMPLES)
    assert visitor.get("/gallery/staff/nothing-like-it").status_code == 404


def test_the_examples_are_shaped_as_the_server_says_it(app: Flask, school: School) -> None:
    tablet = app.test_client()
    roster = tablet.get("/tablet/roster", headers={"Authorization": f"Bearer {school.oak_token}"}).get_json()
    example = next(one for one in TABLET_EXAMPLES if one.name == "talk, a High 5").json()["roster"]
    assert example.keys() == roster.keys()
    assert example["school"].keys() == roster["school"].keys()
    assert example["scale"] == {**roster["scale"], "version": example["scale"]["version"]}
    (child, real) = (example["pupils"][0], roster["pupils"][0])
    assert child.keys() == real.keys()
    assert child["high5"][0].keys() == real["high5"][0].keys()


def test_the_version_of_the_screens_is_the_same_on_whichever_page(sqlite_app: Flask) -> None:
    """Else a page that shows the tablet's screens, such as the preview, could not be put into another language."""
    visitor = add_gallery(sqlite_app).test_client()
    pages = [visitor.get(address).get_data(as_text=True) for address in ("/", "/gallery/tablet")]
    versions = {page.partition('data-version="')[2].partition('"')[0] for page in pages}
    assert len(versions) == 1
    assert visitor.get(f"/tablet/screens/ur?version={versions.pop()}").status_code == 200

"""The tablet's page and what keeps it working without the network."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.web.tablet.worker import scripts
from tests.client import LintingClient

LARGEST_FIRST_LOAD = 150 * 1024
SignIn = Callable[[str], LintingClient]


@pytest.fixture
def visitor(sqlite_app: Flask) -> LintingClient:
    """A device that is not paired."""
    return sqlite_app.test_client()  # type: ignore[return-value]


def kept_files(visitor: LintingClient) -> list[str]:
    files = re.search(r"^const FILES = (.*);$", visitor.get("/sw.js").get_data(as_text=True), re.MULTILINE)
    assert files
    found: list[str] = json.loads(files.group(1))
    return found


def version(visitor: LintingClient) -> str:
    found = re.search(r'^const VERSION = "(\w+)";$', visitor.get("/sw.js").get_data(as_text=True), re.MULTILINE)
    assert found
    return found.group(1)


def test_the_page_is_well_made_and_names_nobody(visitor: LintingClient) -> None:
    page = visitor.get("/").get_data(as_text=True)  # the client lints it
    assert "Amir" not in page
    assert "Ali" not in page


def test_the_service_worker_may_look_after_the_whole_site_and_is_never_old(visitor: LintingClient) -> None:
    answer = visitor.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_every_kept_file_is_there_and_everything_the_page_asks_for_is_kept(visitor: LintingClient) -> None:
    kept = kept_files(visitor)
    assert [address for address in kept if visitor.get(address).status_code != 200] == []
    page = visitor.get("/").get_data(as_text=True)
    styles = "".join(visitor.get(a).get_data(as_text=True) for a in kept if a.endswith(".css"))
    asked_for = set(re.findall(r'(?:src|href)="(/(?:static/|manifest)[^"]+)"', page))
    asked_for |= {f"/static/{name}" for name in re.findall(r'url\("\.\./([^"]+)"\)', styles)}
    assert asked_for <= set(kept)
    with visitor.application.app_context():
        assert {f"/static/{name}" for name in scripts()} <= asked_for


def test_nothing_about_people_and_no_page_of_the_staff_is_kept(visitor: LintingClient) -> None:
    pages = [address for address in kept_files(visitor) if not address.startswith("/static/")]
    assert pages == ["/", "/manifest.webmanifest"]


def test_the_version_changes_exactly_when_a_file_does(visitor: LintingClient, tmp_path: Path) -> None:
    before = version(visitor)
    assert version(visitor) == before
    static = Path(visitor.application.static_folder or "")
    changed = tmp_path / "static"
    changed.mkdir()
    for folder in static.iterdir():
        (changed / folder.name).symlink_to(folder)
    (changed / "img").unlink()
    (changed / "img").mkdir()
    for picture in (static / "img").iterdir():
        (changed / "img" / picture.name).write_bytes(
            picture.read_bytes() + b"\n" * (picture.name == "favicon.svg")
        )
    visitor.application.static_folder = str(changed)
    assert version(visitor) != before


def test_the_manifest_makes_an_app_of_the_page(visitor: LintingClient) -> None:
    answer = visitor.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.data)
    assert manifest["start_url"] == manifest["scope"] == "/"
    for icon in manifest["icons"]:
        assert visitor.get(icon["src"]).status_code == 200


@pytest.fixture
def unpacks(sqlite_app: Flask) -> FlaskClient:
    """The same device as a browser that takes what is compressed; nothing reads its pages."""
    return FlaskClient(sqlite_app, sqlite_app.response_class)


def test_the_first_load_is_light(visitor: LintingClient, unpacks: FlaskClient) -> None:
    """As it is sent, without a server in front. Measured: 106 KB."""
    asks = {"Accept-Encoding": "gzip, deflate"}  # a browser offers Brotli only where there is HTTPS
    sizes = {address: len(unpacks.get(address, headers=asks).data) for address in kept_files(visitor)}
    assert sum(sizes.values()) <= LARGEST_FIRST_LOAD, sizes


@pytest.mark.parametrize("address", ["/", "/sw.js", "/static/css/base.css", "/tablet/screens/ur"])
def test_what_is_the_same_for_everybody_is_sent_small_and_only_once(unpacks: FlaskClient, address: str) -> None:
    plain = unpacks.get(address)
    small = unpacks.get(address, headers={"Accept-Encoding": "gzip, deflate"})
    unpacked = {"gzip": gzip.decompress, "deflate": zlib.decompress}[small.headers["Content-Encoding"]]
    assert unpacked(small.data) == plain.data
    assert "Accept-Encoding" in small.headers["Vary"]
    if etag := small.headers.get("ETag"):
        asks = {"Accept-Encoding": "gzip, deflate", "If-None-Match": etag}
        assert unpacks.get(address, headers=asks).status_code == 304


@pytest.mark.parametrize("address", ["/staff/", "/help/", "/staff/sign-in"])
def test_an_answer_to_a_person_is_never_compressed(signed_in: SignIn, address: str) -> None:
    answer = signed_in("ali").get(address, headers={"Accept-Encoding": "br, gzip, deflate"})
    assert "Content-Encoding" not in answer.headers

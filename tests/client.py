"""A client that lints every page it is given: the checks are our style guide for markup.

Each HTML answer of 200 must be valid HTML5 with one ``h1``, a title, unique ids, a label for every control, no
inline style or script, a language, and nothing but our own addresses.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, email_of

NO_LABEL_NEEDED = {"hidden", "submit", "button"}


class LintingClient(FlaskClient):
    """Flask's test client, failing on a page we would be ashamed of."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make the request; lint the page."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 304):
            lint(answer.get_data(as_text=True), headers=dict(answer.headers))
        return answer

    def sign_in(self, who: str) -> None:
        """Sign somebody of the cast in, through the real form."""
        data = {"email": email_of(who), "password": PASSWORD, "csrf_token": self.csrf("/staff/sign-in")}
        answer = self.post("/staff/sign-in", data=data)
        assert answer.status_code == 302, answer.get_data(as_text=True)

    def csrf(self, address: str = "/staff/") -> str:
        """The token of a form on a page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(address).get_data(as_text=True))
        assert found, f"{address} has no form"
        return found.group(1)

    def post_form(self, address: str, data: dict[str, Any], page: str = "/staff/") -> TestResponse:
        """Send a form as a browser would, with the token of the page it stands on."""
        return self.post(address, data={**data, "csrf_token": self.csrf(page)})


def lint(page: str, headers: dict[str, str] | None = None) -> Element:
    """Check one page or fragment; returns its tree for further questions.

    Raises:
        AssertionError: what is wrong, in words.
    """
    is_fragment = "<html" not in page[:400]
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(page) if is_fragment else parser.parse(page)
    problems = [f"line {place[0]}: {code}" for place, code, _data in parser.errors]
    problems += _structure(tree) if not is_fragment else []
    problems += _ids(tree) + _labels(tree) + _inline(tree) + _foreign(tree) + _names(tree)
    if headers is not None and "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        problems.append("no strict content policy")
    assert not problems, "; ".join(problems)
    return tree


def _structure(tree: Element) -> list[str]:
    found = []
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 instead of one")
    title = "".join(tree.find("head/title").itertext()) if tree.find("head/title") is not None else ""
    if not title.strip():
        found.append("no title")
    if not tree.get("lang"):
        found.append("no language")
    if tree.find(".//main") is None:
        found.append("no main")
    return found


def _ids(tree: Element) -> list[str]:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    known = set(ids)
    found = [f"id {name} stands twice" for name in sorted({i for i in ids if ids.count(i) > 1} - {None})]
    for element in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    found.append(f"{attribute} names {name}, which is not there")
    return found


def _labels(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    inside = {id(control) for label in tree.iter("label") for control in label.iter()}
    found = []
    for control in (*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")):
        if control.get("type") in NO_LABEL_NEEDED or id(control) in inside:
            continue
        if control.get("id") not in labelled and not control.get("aria-label"):
            found.append(f"{control.tag} {control.get('name')} has no label")
    return found


def _inline(tree: Element) -> list[str]:
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            found.append(f"inline {element.tag}")
        found += [
            f"{name} on {element.tag}" for name in element.attrib if name == "style" or name.startswith("on")
        ]
    return found


def _foreign(tree: Element) -> list[str]:
    addresses = [element.get(name) for element in tree.iter() for name in ("src", "href", "action")]
    return [f"points elsewhere: {address}" for address in addresses if address and urlsplit(address).netloc]


def _names(tree: Element) -> list[str]:
    """Everything that can be pressed says what it does."""
    found = []
    for element in (*tree.iter("button"), *tree.iter("a")):
        words = "".join(element.itertext()).strip() + (element.get("aria-label") or "")
        pictures = [p.get("aria-label") or p.get("alt") or "" for p in element.iter() if isinstance(p.tag, str)]
        if not words and not any(pictures):
            found.append(f"a {element.tag} without a name")
    return found

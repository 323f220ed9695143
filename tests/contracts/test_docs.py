"""The documents are true where that can be checked: links, settings, commands, and who may see what."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk.cli import kiosk
from kiosk.config import load_settings
from kiosk.db import Base
from kiosk.people.models import ROLES
from kiosk.school.settings import SETTINGS
from kiosk.web.access import mark_of
from tests.contracts.checkout import ROOT, files_under, is_ours, name_of

PAGES = sorted(
    [path for path in (*files_under("docs", "deploy"), *ROOT.glob("*.md")) if path.suffix == ".md"], key=name_of
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ROOMS = sorted(path.parent for path in (ROOT / "kiosk" / "patterns").glob("*/__init__.py"))
COMMAND = re.compile(r"(?:^|[\s`/])(?:kiosk|python -m kiosk) ([a-z][a-z0-9-]+)([^`\n]*)", re.MULTILINE)


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for target in links_of(document):
        path, _, heading = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        if not there.exists() or (heading and heading not in headings_of(there)):
            broken.append(target)
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    to_read = [ROOT / "docs" / "index.md"]
    while to_read:
        page = to_read.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        to_read += [
            page.parent / target.partition("#")[0] for target in links_of(page) if not target.startswith("#")
        ]
    assert [name_of(page) for page in PAGES if page not in reached] == []


def test_the_readme_leads_to_the_index() -> None:
    assert "docs/index.md" in list(links_of(ROOT / "README.md"))


def test_every_setting_of_the_server_is_listed_with_its_default(tmp_path: Path) -> None:
    listed = table("docs/operating.md", "KIOSK_")
    assert set(listed) == environment_names()
    defaults = load_settings({"KIOSK_INSTANCE": str(tmp_path)})
    for name in ("host", "port", "trusted_proxy", "streams"):
        assert listed[f"KIOSK_{name.upper()}"][0] == f"`{getattr(defaults, name)}`"
    assert defaults.database_url == f"sqlite:///{tmp_path / 'treetops.sqlite3'}"
    assert "`treetops.sqlite3`" in listed["KIOSK_DATABASE_URL"][0]


def test_every_setting_of_the_school_is_listed_with_its_default() -> None:
    text = read("docs/operating.md").partition("## How the school runs")[2].partition("\n## ")[0]
    listed = {row[0].strip("`"): row[1].strip("`") for row in rows(text) if row[0].startswith("`")}
    assert listed == {name: setting.default for name, setting in SETTINGS.items()}


def test_the_house_is_drawn_with_every_part_of_the_program() -> None:
    drawn = re.search(r"```\nkiosk/.*?\n(.*?)\ntemplates/", read("docs/architecture.md"), re.DOTALL)
    assert drawn
    parts = {
        path.name + "/" * path.is_dir()
        for path in (ROOT / "kiosk").iterdir()
        if is_ours(path) and path.name not in ("__main__.py", "py.typed")
    }
    assert set(re.findall(r"^  ([\w.]+/?)  +\S", drawn[1], re.MULTILINE)) == parts


def test_every_file_that_the_architecture_names_is_there() -> None:
    files = {name_of(path) for path in files_under("kiosk", "templates", "static", "tests")}
    named = re.findall(r"`([\w/]+\.(?:py|html|js|css))`", read("docs/architecture.md"))
    not_yet = {"forms.py", "templates/patterns/class.html"}  # a kind of file, and the page of the example
    assert [
        name
        for name in named
        if name not in not_yet and not any(f"/{file}".endswith(f"/{name}") for file in files)
    ] == []


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_every_room_of_patterns_says_at_its_door_what_its_files_are_for(room: Path) -> None:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    files = {path.stem for path in room.glob("*.py")} - {"__init__"}
    assert files - set(re.findall(r"\w+", said)) == set(), f"say it in {name_of(room)}/__init__.py"
    assert f"| `{room.name}/` |" in read("docs/architecture.md")


def test_every_table_stands_beside_its_domain(sqlite_app: Flask) -> None:
    listed = {
        table: row[0].strip("`")
        for row in rows(read("docs/architecture.md").partition("## The database")[2].partition("\n## ")[0])
        for table in re.findall(r"`(\w+)`", row[1])
    }
    kept = {mapper.local_table.name: mapper.class_.__module__.split(".")[1] for mapper in Base.registry.mappers}
    assert {table: domain for table, domain in listed.items() if table in kept} == {
        table: "beside them" if domain == "audit" else domain for table, domain in kept.items()
    }
    assert set(listed) == set(Base.metadata.tables)


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_command_that_is_told_exists(document: Path) -> None:
    for name, more in COMMAND.findall(document.read_text("utf-8")):
        assert name in kiosk.commands, f"kiosk {name}"
        known = {flag for option in kiosk.commands[name].params for flag in option.opts}
        told = (
            {word for word in shlex.split(more.partition("#")[0]) if word.startswith("--")}
            if "--" in more
            else set()
        )
        assert told <= known | {"--help"}, f"kiosk {name}{more}"


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_make_target_that_is_told_exists(document: Path) -> None:
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
    told = re.findall(r"(?:^ {4}|`)make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE)
    assert set(told) <= set(targets)


def test_every_command_and_how_it_may_end_is_told() -> None:
    told = {name for page in PAGES for name, _more in COMMAND.findall(page.read_text("utf-8"))}
    assert set(kiosk.commands) <= told | {"demo"}  # that is "make demo"
    assert [row[0] for row in rows(read("docs/operating.md")) if row[0] in ("0", "1", "2")] == ["0", "1", "2"]


def test_who_sees_what_is_what_the_marks_say(sqlite_app: Flask) -> None:
    addresses = sqlite_app.url_map.bind("")
    told = [row for row in rows(read("docs/trust.md")) if re.match(r"`(GET|POST) /", row[1])]
    assert len(told) >= 8
    for what, where, *cells in told:
        method, path = where.strip("`").split()
        endpoint, _arguments = addresses.match(path.replace("ID", "0" * 8 + "-0000-4000-8000-" + "0" * 12), method)
        with sqlite_app.app_context():
            mark = mark_of(endpoint)
        assert mark, what
        assert not mark.everyone, what
        may = {who for who, cell in zip(("tablet", *ROLES), cells, strict=True) if cell != "–"}
        assert may == mark.roles | ({"tablet"} if mark.tablet else set()), what


def test_the_table_of_trust_has_a_column_for_each_role() -> None:
    (header,) = [row for row in rows(read("docs/trust.md")) if row[:2] == ["what", "where"]]
    assert header == ["what", "where", "tablet", *ROLES]


def links_of(page: Path) -> Iterator[str]:
    """Where a page leads to, apart from other places on the web."""
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if not target.startswith(("http://", "https://", "mailto:")):
            yield target


def headings_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made of the headings' words."""
    words = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in words}


def table(page: str, prefix: str) -> dict[str, list[str]]:
    """The rows of a table whose first cell is a name with this prefix: name to the other cells."""
    return {row[0].strip("`"): row[1:] for row in rows(read(page)) if row[0].startswith(f"`{prefix}")}


def rows(text: str) -> list[list[str]]:
    """The rows of every table in a text, without the lines beneath the headers."""
    found = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return [row for row in found if set(row[0]) - set("-: ")]


def environment_names() -> set[str]:
    """The settings that the program reads from the environment."""
    names = set()
    for path in files_under("kiosk"):
        if path.suffix != ".py":
            continue
        text = path.read_text("utf-8")
        names |= set(re.findall(r"\bKIOSK_[A-Z_]+[A-Z]\b", text))
        if path.name == "config.py":
            calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
            asked = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "value"]
            names |= {f"KIOSK_{str(name.value).upper()}" for name in asked if isinstance(name, ast.Constant)}
    return names


def read(name: str) -> str:
    """The text of a file of the project."""
    return (ROOT / name).read_text("utf-8")

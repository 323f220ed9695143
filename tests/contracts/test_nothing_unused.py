"""Nothing stands in the house that nobody uses: functions, exports, rules of stylesheets, drawings, templates."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.contracts.checkout import texts_under

WORDS = re.compile(r"[\w-]+")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)")
PUT_TOGETHER = re.compile(r"([\w-]+-)(?:\{\{|\{|[\"'] ?~|\$\{)")
"""The beginning of a name whose end is only known when the page is made: ``step-{{ intensity }}``."""
EXPORT = re.compile(r"^export (?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
ENTRIES = ("help/",)
"""Templates that are found by a list of names and not by their path."""
SAYS = {"N_", "Sentence"}
"""A constant of marked words is there for the catalogues alone."""


def test_every_function_class_and_constant_is_used() -> None:
    used = Counter(re.findall(r"\w+", text_of("kiosk", "templates", "tests", "setup.cfg")))
    assert [f"{name}: {word}" for name, word in defined_in_python() if used[word] == 1] == []


def test_every_export_of_a_script_is_imported() -> None:
    scripts = dict(texts_under("static", "templates", "tests/gallery", endings=(".js", ".html", ".py")))
    assert [
        f"{name}: {word}"
        for name, text in scripts.items()
        if name.startswith("static/")
        for word in EXPORT.findall(text)
        if not any(re.search(rf"\b{word}\b", other) for at, other in scripts.items() if at != name)
    ] == []


def test_every_class_of_a_stylesheet_stands_on_some_page() -> None:
    named, beginnings = names_on_pages()
    assert [
        f"{name}: .{word}"
        for name, text in stylesheets()
        for word in sorted(set(CLASS.findall(text)))
        if word not in named and not any(word.startswith(beginning) for beginning in beginnings)
    ] == []


def test_every_value_of_a_stylesheet_is_asked_for() -> None:
    asked_for = set(re.findall(r"(--[\w-]+)", re.sub(r"--[\w-]+\s*:", "", text_of("static", "templates"))))
    declared = {word for _name, text in stylesheets() for word in re.findall(r"(--[\w-]+)\s*:", text)}
    assert declared - asked_for == set()


def test_every_drawing_is_shown_somewhere() -> None:
    pages = re.sub(r'<symbol id="[\w-]+"', "", text_of("kiosk", "templates", "static"))
    named, quoted = set(WORDS.findall(pages)), set(re.findall(r"[\"']([\w-]+)[\"']", pages))
    beginnings = {*PUT_TOGETHER.findall(pages), *(f"{word}-" for word in quoted)}
    assert [
        drawing
        for drawing in re.findall(r'<symbol id="([\w-]+)"', text_of("templates"))
        if drawing not in named
        and not any(begin in beginnings and (end in quoted or end.isdigit()) for begin, end in parted(drawing))
    ] == []


def test_every_template_is_shown_by_a_page_or_another_template() -> None:
    named = text_of("kiosk", "templates")
    names = [name.removeprefix("templates/") for name, _text in texts_under("templates", endings=(".html",))]
    assert [name for name in names if name not in named and not name.startswith(ENTRIES)] == []


def defined_in_python() -> Iterator[tuple[str, str]]:
    """What modules define at their top and nothing registers by itself, as (path, name)."""
    for name, text in texts_under("kiosk", endings=(".py",)):
        for node in ast.parse(text).body:
            if "migrations/versions" in name or getattr(node, "decorator_list", []):
                continue
            match node:
                case ast.FunctionDef(name=word) | ast.ClassDef(name=word):
                    yield name, word
                case ast.Assign(targets=[ast.Name(id=word)], value=value) if not SAYS & called_in(value):
                    yield name, word
                case ast.AnnAssign(target=ast.Name(id=word)):
                    yield name, word


def called_in(value: ast.expr) -> set[str]:
    return {
        node.func.id for node in ast.walk(value) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def parted(name: str) -> Iterator[tuple[str, str]]:
    """A name as a beginning and an end, wherever it has a hyphen."""
    return ((name[: at + 1], name[at + 1 :]) for at, letter in enumerate(name) if letter == "-")


def names_on_pages() -> tuple[set[str], tuple[str, ...]]:
    """The names in templates, scripts and the program; and the beginnings of those put together there."""
    text = text_of("kiosk", "templates") + "".join(text for _, text in texts_under("static", endings=(".js",)))
    return set(WORDS.findall(text)), tuple(PUT_TOGETHER.findall(text))


def stylesheets() -> Iterator[tuple[str, str]]:
    for name, text in texts_under("static", endings=(".css",)):
        yield name, CSS_COMMENT.sub("", text)


@cache
def text_of(*places: str) -> str:
    return "\n".join(text for _name, text in texts_under(*places))

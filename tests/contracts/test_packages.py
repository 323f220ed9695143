"""setup.cfg says the truth: every package is shipped, and what is imported is what is asked for."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.contracts.checkout import ROOT, files_under, setup_list

NEVER_IMPORTED = {
    "argon2-cffi": "Flask-Security hashes passwords with it",
    "psycopg": "SQLAlchemy loads it for postgresql+psycopg addresses",
    "tzdata": "zoneinfo reads it where the system has no time zones (Windows)",
}
STARTED_AS_PROGRAMS = {
    "djlint",
    "mypy",
    "pytest-playwright",
    "pytest-xdist",
    "ruff",
    "setuptools",
}
OWN = {"kiosk", "tests"}


def test_every_package_is_shipped() -> None:
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in files_under("kiosk")
        if path.name == "__init__.py"
    }
    assert set(setup_list("options", "packages")) == there | {"kiosk.templates", "kiosk.static"}


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in files_under("kiosk", "tests") if path.suffix == ".py"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_product_asks_for_exactly_what_it_imports() -> None:
    assert distributions("kiosk") | set(map(_plain, NEVER_IMPORTED)) == names(
        setup_list("options", "install_requires")
    )


def test_the_tests_ask_for_exactly_what_they_import() -> None:
    product = names(setup_list("options", "install_requires"))
    asked = names(setup_list("options.extras_require", "dev"))
    assert asked & product == set()
    assert distributions("tests") - product == asked - set(map(_plain, STARTED_AS_PROGRAMS))


@pytest.mark.parametrize("requirement", setup_list("options", "install_requires"))
def test_each_requirement_has_a_lowest_version(requirement: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+(\[\w+\])? >= \d[\d.]*", requirement)


def distributions(folder: str) -> set[str]:
    """The distributions that a folder's code imports, except itself and Python's own modules."""
    provided = packages_distributions()
    imported = set(modules(folder)) - OWN - sys.stdlib_module_names
    assert imported <= provided.keys(), f"nothing installed provides {sorted(imported - provided.keys())}"
    return {_plain(provided[module][0]) for module in imported}


def modules(folder: str) -> Iterator[str]:
    """The first name of every module that is imported, wherever the import stands."""
    for path in files_under(folder):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def names(requirements: list[str]) -> set[str]:
    """The distributions that requirements name."""
    return {_plain(re.split(r"[\s\[<>=;!]", requirement)[0]) for requirement in requirements}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

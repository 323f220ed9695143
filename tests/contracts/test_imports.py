"""The import contracts of setup.cfg hold, and no part of the house stands outside them."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from importlinter.cli import lint_imports

from tests.contracts.checkout import ROOT, files_under, name_of, setup_list

HOUSE = "importlinter:contract:house"
PURE = "importlinter:contract:pure-rules"
NO_WEB = "importlinter:contract:domains-know-no-web"
STANDS_OUTSIDE = {"__init__", "__main__", "migrations"}
"""The table of contents, the other way to start it, and migrations, which import no models."""
IMPURE = {"flask", "flask_sqlalchemy", "flask_login", "sqlalchemy"}
NOT_A_DOMAIN = {"demo", "migrations", "school", "web"}
"""``school`` is below all domains: every one of them may ask it, so it has no one to look up to."""


def test_imports_run_downwards_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_part_of_the_house_has_its_layer() -> None:
    layers = {name.strip() for line in setup_list(HOUSE, "layers") for name in line.split("|")}
    parts = {
        path.stem for path in (ROOT / "kiosk").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert layers == {f"kiosk.{part}" for part in parts - STANDS_OUTSIDE}


def test_every_rules_module_is_held_to_be_pure() -> None:
    rules = {module for module in modules() if module.endswith(".rules")}
    assert rules - set(setup_list(PURE, "source_modules")) == set()


def test_what_says_that_it_is_pure_asks_neither_flask_nor_the_database() -> None:
    pure = says_it_is_pure()
    assert pure
    for module in pure:
        imported = {name for node in ast.walk(modules()[module]) for name in imports_of(node)}
        assert not {name for name in imported if name.partition(".")[0] in IMPURE or name == "kiosk.db"}, module


def test_no_domain_may_look_at_who_is_looking() -> None:
    domains = {path.name for path in (ROOT / "kiosk").iterdir() if (path / "__init__.py").exists()} - NOT_A_DOMAIN
    assert {f"kiosk.{domain}" for domain in domains} == set(setup_list(NO_WEB, "source_modules"))


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program, by its name."""
    return {
        name_of(path)[: -len(".py")].replace("/", "."): ast.parse(path.read_text("utf-8"))
        for path in files_under("kiosk")
        if path.suffix == ".py"
    }


def says_it_is_pure() -> set[str]:
    """The modules whose docstring ends its first sentence or paragraph with this promise."""
    return {name for name, tree in modules().items() if "Pure." in (ast.get_docstring(tree) or "")}


def imports_of(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []

"""A server with the gallery, and its tablet page: examples are stood up in it one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import AXE_RULES, TABLET_SIZE
from tests.browser.running import Server, settings_of_server
from tests.conftest import SECRET, Templates
from tests.gallery.tablet_examples import TABLET_EXAMPLES
from tests.gallery.views import add_gallery

ALL = tuple(example.name for example in TABLET_EXAMPLES)

MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
EACH = """async ([names, looks]) => {{
  const {{ stand }} = await import("/gallery/static/tablet.js");
  const lookAt = {work};
  const found = [];
  for (const look of looks) {{
    for (const name of names) {{
      await stand(name, look);
      for (const said of await lookAt(name, look)) found.push([name, Object.values(look).join(" "), said]);
    }}
  }}
  return found;
}}"""
AXE = f"""async () => {{
  const {{ violations }} = await axe.run(document, {{ resultTypes: ["violations"],
    runOnly: {{ type: "tag", values: {AXE_RULES} }} }});
  return violations.map((rule) => `${{rule.id}}: ${{rule.nodes.map((node) => node.target).join(" and ")}}`);
}}"""
AXE_COLOURS = AXE.replace(f'type: "tag", values: {AXE_RULES}', 'type: "rule", values: ["color-contrast"]')
"""Only whether words stand out from what is behind them."""
AXE_BUT_COLOURS = AXE.replace(
    '["violations"],', '["violations"], rules: { "color-contrast": { enabled: false } },'
)
"""A quarter of the time: which colour stands on which is the same in every language."""


@pytest.fixture
def gallery(sqlite_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path) -> Iterator[Server]:
    """A running server with the gallery."""
    address = copy_database(sqlite_templates.empty)
    running = Server(settings_of_server(tmp_path, address, SECRET), sqlite_templates.school)
    add_gallery(running.app)
    running.start()
    yield running
    running.close()


class Stand:
    """The tablet's page of the gallery, with what measures it and axe in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.locator("html[data-standing]").wait_for()
        page.evaluate(AXE_SCRIPT)
        page.evaluate(MEASURE)

    def each(self, work: str, *looks: dict[str, str], of: Iterable[str] = ALL) -> list[list[str]]:
        """Stand every example up in each of these looks (``theme``, ``language``, ``direction``).

        Args:
            work: a JavaScript function that answers a list of what there is to say of what it sees.

        Returns:
            name, look and what was said, for everything that was said.
        """
        said: list[list[str]] = self.page.evaluate(EACH.format(work=work), [list(of), list(looks or ({},))])
        return said


@pytest.fixture
def open_stand(gallery: Server, open_context: Callable[..., BrowserContext]) -> Callable[..., Stand]:
    """Opens the tablet's page of the gallery: ``open_stand(viewport=..., context=...)``."""

    def open_one(context: BrowserContext | None = None, **more: Any) -> Stand:
        still = {"viewport": TABLET_SIZE, "has_touch": True, "reduced_motion": "reduce"}
        page = (context or open_context(**{**still, **more})).new_page()
        page.goto(f"{gallery.url}/gallery/tablet")
        return Stand(page)

    return open_one

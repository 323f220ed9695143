"""A child's way through the tablet, pressed as a child would: one choice after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from playwright.sync_api import Locator, Page, Request, Response, Route, expect
from sqlalchemy import select, update

from kiosk.chats import store as chats
from kiosk.chats.models import Chat, Helped
from kiosk.chats.store import Asker
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.minding.models import Card, PlannedTime
from kiosk.people.models import Account
from tests.browser.patience import eventually, stop_time, until_true
from tests.browser.running import Server

GONE = "|".join(
    (
        "ERR_CONNECTION_REFUSED",
        "ERR_INTERNET_DISCONNECTED",
        "ERR_FAILED",
        # stopped amid an answer
        "ERR_CONTENT_LENGTH_MISMATCH",
        "ERR_CONNECTION_RESET",
        "ERR_EMPTY_RESPONSE",
        "ERR_CONNECTION_CLOSED",
        "ERR_INCOMPLETE_CHUNKED_ENCODING",
        "ERR_SOCKET_NOT_CONNECTED",
        # amid looking for a newer service worker
        "error occurred when fetching the script",
    )
)
"""What a browser complains of when the server or the network is gone: the tests' own doing."""

HEARS_AT_ONCE = "performance.now = () => 0"
"""What waits for a child has always been heard before they have read the screen, however slow this machine is."""

UNHURRIED = """{
  const soon = window.setTimeout;
  const isOffer = () => new Error().stack.includes("/tablet/undo.js");
  window.setTimeout = (work, after, ...more) => soon(work, isOffer() ? 600_000 : after, ...more);
}"""
"""What can be taken back can be until the child does the next thing, not for five seconds of a slow machine."""

SOMEONE_WAITS = "() => import('/static/js/tablet/requests.js').then((requests) => requests.someoneWaits())"

HAS_KEPT = """([name, tag]) => import("/static/js/tablet/store.js").then((store) => store.readAll("kept"))
  .then((kept) => Object.fromEntries(kept)[name]?.tag === tag)"""
"""Whether the tablet has taken up an answer of the server: "roster" or "photos"."""


class Way:
    """One tablet, and what the server kept of what was pressed on it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self._under_way: set[Request] = set()
        page.on("request", self._asks)
        page.on("requestfinished", self._has_heard)
        page.on("requestfailed", self._has_heard)

    # --- what a child sees and does

    def open(self) -> Way:
        """Open the start screen, or load it again."""
        self.page.goto(self.server.url)
        self.sees("Who are you?")
        return self

    def open_anew(self) -> Way:
        """Open the start screen again, with the roster as the server has it now."""
        self.page.goto("about:blank")  # so that what the page before has asked is not taken for the answer
        with self.page.expect_response("**/tablet/roster") as heard:
            self.open()
        eventually(self.page, HAS_KEPT, ["roster", heard.value.headers["etag"]])
        return self

    def hears(self, name: str) -> Way:
        """Tap this, and wait until what waits for the child has come."""
        with self.page.expect_response("**/waiting") as heard:
            self.press(name)
        heard.value.finished()
        return self

    def sees(self, question: str) -> None:
        """The question or the news at the head of the screen."""
        expect(self.page.locator("#question")).to_have_text(question)

    def button(self, name: str) -> Locator:
        """Something to press, by the words on it."""
        return self.page.locator("main, dialog").get_by_role("button", name=name)

    def press(self, *names: str) -> Way:
        """Tap these one after the other, each once the last tap has settled as a calm child would."""
        for name in names:
            self.settle()
            self.button(name).tap()
        return self

    def stays(self) -> None:
        """The child is still here, however long looking at their screen takes."""
        self.page.evaluate("import('/static/js/tablet/idle.js').then((idle) => idle.stay())")

    def stop_time(self) -> Way:
        """Time goes on only where the test lets it, from about a second after now; the tablet has a clock."""
        stop_time(self.page)
        return self

    def asks_again(self, path: str, step: int = 100) -> None:
        """In stopped time, which goes on in steps of so many milliseconds: the page asks this once more.

        The pause begins when the page has read the last answer, a moment after we have seen it pass by; on a busy
        machine that moment is long, so time goes on in small steps until the page has asked. It stands still while
        an answer is on its way: a page whose answer takes many of its own seconds gives up and asks less often.
        """
        with self.page.expect_response(path), self.page.expect_request(path) as asked:
            for _step in range(100):
                until_true(self.page, lambda: not self._under_way, "every answer has come")
                self.page.clock.run_for(step)
                if asked.is_done():
                    break

    def _asks(self, request: Request) -> None:
        self._under_way.add(request)

    def _has_heard(self, request: Request) -> None:
        self._under_way.discard(request)

    def settle(self) -> None:
        """Until taps near the last one count again."""
        self.page.locator("html:not([data-settling])").wait_for(state="attached")

    def ask_mrs_ali(self) -> Way:
        """The four taps from the start to a request."""
        return self.press("Amir", "4 Upset", "Mrs Ali", "Yes, ask")

    def words(self) -> str:
        """Everything in the page that a script put there, also what is hidden."""
        return self.page.locator("main, dialog").evaluate_all(
            "parts => parts.map((part) => part.outerHTML).join()"
        )

    # --- what the server kept

    def check_ins(self) -> list[tuple[int, int]]:
        """(pupil, step) of every check-in, in the order in which they arrived."""
        with self.server.database():
            rows = db.session.execute(select(CheckIn.pupil_id, CheckIn.step).order_by(CheckIn.id))
            return [(row.pupil_id, row.step) for row in rows]

    def chats(self) -> list[Chat]:
        """Every request, in the order in which they arrived."""
        with self.server.database():
            found = list(db.session.scalars(select(Chat).order_by(Chat.id)))
            db.session.expunge_all()
            return found

    def leaves_card(self, who: str = "ali", kind: str = "held_in_mind", **more: object) -> None:
        """An adult leaves a card for Amir."""
        school = self.server.school
        card = {"picture": "sun-1", "words": "I thought of you on Saturday.", "left_at": utc_now()} | more
        with self.server.database(), writing() as session:
            card = {"key": uuid4(), "pupil_id": school.pupils["amir"], "adult_id": school.adults[who]} | card
            session.add(Card(kind=kind, **card))

    def promises(self, day: date, at: time, how: str | None = None, who: str = "ali") -> None:
        """An adult promises Amir a time each week, from this day on."""
        adult = self.server.school.adults[who]
        with self.server.database(), writing() as session:
            session.add(
                PlannedTime(
                    pupil_id=self.server.school.pupils["amir"],
                    adult_id=adult,
                    weekday=day.weekday(),
                    at=at,
                    how=how,
                    first_day=day,
                    made_by_id=adult,
                    made_at=utc_now(),
                )
            )

    def nobody_answers(self) -> None:
        """The time for an answer to every request is past."""
        with self.server.database(), writing() as session:
            session.execute(update(Chat).values(due_at=utc_now() - timedelta(seconds=1)))

    def cards(self) -> list[tuple[str, str | None]]:
        """(words, answer) of every card, in the order in which they were left."""
        with self.server.database():
            rows = db.session.execute(select(Card.words, Card.answer).order_by(Card.id))
            return [(row.words, row.answer) for row in rows]

    def said_helped(self) -> list[str]:
        """What children said after talks."""
        with self.server.database():
            return list(db.session.scalars(select(Helped.said)))

    def answers(self, who: str, kind: str, **more: object) -> UUID:
        """An adult answers the newest request."""
        with self.server.database():
            chat = db.session.scalars(select(Chat).order_by(Chat.id.desc())).first()
            assert chat is not None
            adult_id = self.server.school.adults[who]
            account_id = db.session.scalar(select(Account.id).where(Account.adult_id == adult_id))
            assert account_id is not None
            asker = Asker(adult_id, account_id, sees_all=who in ("novak", "green"))
            chats.answer(chat.key, kind, asker, seen_number=1_000, take_over=True, **more)  # type: ignore[arg-type]
            return chat.key


def sent_to(path: str) -> Callable[[Response], bool]:
    """The answer to what was sent there, for ``expect_response``: where the tablet sends it may ask as well."""
    return lambda answer: answer.request.method == "POST" and answer.url.endswith(path)


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold these requests back until the test lets them go on."""
    held: list[Route] = []

    def take(route: Route) -> None:
        held.append(route)

    page.route(pattern, take)
    return held


def has_been_seen(page: Page) -> None:
    """Wait until a child may have read the screen they have come to: now nothing changes under a finger."""
    page.wait_for_function("began => performance.now() - began > 600", arg=page.evaluate("performance.now()"))

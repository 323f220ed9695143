"""A sentence of the program is English to everybody, and the reader's own language on a page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from kiosk.refusal import Refusal
from kiosk.web.languages import _, in_english, in_one_language, init_languages
from kiosk.wording import N_, Day, Sentence, counted, joined, packed, unpacked
from tests.contracts.checkout import ROOT
from tests.unit.test_translations import keywords

FRIDAY = date(2026, 11, 20)
WELSH = {"Accept-Language": "cy"}


@pytest.fixture
def in_welsh() -> Iterator[None]:
    """Somebody reads in Welsh."""
    app = Flask("pages")
    init_languages(app)
    with app.test_request_context("/", headers=WELSH):
        yield


def test_a_sentence_is_an_ordinary_text_in_english() -> None:
    sentence = Sentence("%(adult)s stands in", adult="Mrs Ali")
    assert sentence == "Mrs Ali stands in"
    assert f"{sentence}." == "Mrs Ali stands in."


def test_a_sentence_without_places_may_say_per_cent() -> None:
    assert Sentence("100 % of it") == "100 % of it"


def test_a_refusal_says_its_sentence() -> None:
    refused = Refusal("There is room for %(most)s letters.", most=3)
    assert str(refused) == "There is room for 3 letters."
    assert str(Refusal(N_("Not now."))) == "Not now."


@pytest.mark.parametrize(("number", "said"), [(0, "0 children"), (1, "1 child"), (2, "2 children")])
def test_what_counts_is_another_sentence_for_several(number: int, said: str) -> None:
    assert counted("%(count)s child", "%(count)s children", number) == said


def test_days_are_written_as_english_does() -> None:
    assert Day(FRIDAY) == "20 November 2026"
    assert Day(FRIDAY, "EEEE d MMMM") == "Friday 20 November"


def test_a_copy_says_the_same() -> None:
    sentence = Sentence("on %(weekday)s", weekday=Day(FRIDAY, "EEEE"))
    again = deepcopy(sentence)
    assert (again, again.pattern, again.values) == (sentence, sentence.pattern, sentence.values)


def test_nobody_reads_means_english() -> None:
    assert _(Sentence("%(adult)s stands in", adult="Mrs Ali")) == "Mrs Ali stands in"


class TestKept:
    """A sentence that is made now and read later."""

    @pytest.mark.parametrize(
        "sentence",
        [
            N_("Working"),
            Sentence("%(adult)s stands in", adult="Zoë “Zo” O'Brien"),
            Sentence("%(when)s, %(day)s", when=N_("at break"), day=Day(FRIDAY, "EEEE")),
            counted("%(count)s child of %(class)s", "%(count)s children of %(class)s", 2, **{"class": "Oak"}),
            joined([counted("%(count)s day", "%(count)s days", 1, count=N_("one")), "100 %"], "; "),
            Sentence("100 % of it"),
        ],
    )
    def test_it_comes_back_as_it_was(self, sentence: Sentence) -> None:
        again = unpacked(packed(sentence))
        assert again == sentence
        assert _parts(again) == _parts(sentence)

    def test_it_is_written_as_it_will_be_read_in_ten_years(self) -> None:
        """Databases are full of these: another shape would need a migration."""
        sentence = Sentence(
            "%(days)s, %(who)s, %(on)s",
            days=counted("%(count)s day", "%(count)s days", 4, count=N_("four")),
            who="Zoë",
            on=Day(FRIDAY, "d MMMM"),
        )
        assert packed(sentence) == (
            '{"says": "%(days)s, %(who)s, %(on)s", "with": {"days": {"says": "%(count)s day", '
            '"many": "%(count)s days", "number": 4, "with": {"count": {"says": "four"}}}, '
            '"who": "Zoë", "on": {"day": "2026-11-20", "shape": "d MMMM"}}}'
        )

    @pytest.mark.parametrize("value", [Markup("<b>Ali</b>"), FRIDAY, 0.5, None, Refusal("Not now.")])
    def test_what_would_come_back_otherwise_is_not_kept(self, value: object) -> None:
        with pytest.raises(TypeError, match=type(value).__name__):
            packed(Sentence("%(value)s", value=value))


def _parts(value: object) -> object:
    """All that a sentence is made of."""
    if isinstance(value, Sentence):
        values = {name: _parts(one) for name, one in value.values.items()}
        return value.pattern, value.many, value.number, values
    return (value.day, value.shape) if isinstance(value, Day) else (type(value), value)


KNOWN = counted("%(count)s day", "%(count)s days", 2, count=N_("two"))
FORGOTTEN = "%(adult)s said what nobody translated"  # a name, so that make words does not find it here


@pytest.mark.usefixtures("in_welsh")
class TestInOneLanguage:
    """What was kept is said in the reader's language or in English, which is marked; never half of each."""

    @pytest.mark.parametrize(
        ("sentence", "said"),
        [
            (KNOWN, "2 ddiwrnod"),
            (joined([KNOWN, N_("A chat")]), "2 ddiwrnod, Sgwrs"),
            (joined([KNOWN, "Mrs Ali", Day(FRIDAY, "EEEE")], " "), "2 ddiwrnod Mrs Ali dydd Gwener"),
            (N_("A chat"), "Sgwrs"),
        ],
    )
    def test_what_the_language_has(self, sentence: Sentence, said: str) -> None:
        assert in_one_language(sentence) == (said, "")
        assert _(sentence) == said

    @pytest.mark.parametrize(
        "words",
        [
            "On four of the last five school days",
            str(KNOWN),
            Sentence(FORGOTTEN, adult="Mrs Ali"),
            joined([KNOWN, Sentence(FORGOTTEN, adult="Mrs Ali")]),
            counted(f"{FORGOTTEN} %(count)s", f"{FORGOTTEN} %(count)s times", 2, adult="Mrs Ali"),
            counted(f"{FORGOTTEN} %(count)s", f"{FORGOTTEN} %(count)s times", 1, adult="Mrs Ali"),
        ],
    )
    def test_what_it_does_not_have(self, words: str) -> None:
        assert in_one_language(words) == (str(words), ' lang="en-GB"')


def test_for_a_reader_of_english_nothing_is_marked() -> None:
    assert in_one_language(KNOWN) == ("two days", "")
    assert in_one_language("On four of the last five school days") == ("On four of the last five school days", "")
    assert in_english() == ""


@pytest.mark.usefixtures("in_welsh")
class TestInWelsh:
    def test_a_sentence_and_its_values(self) -> None:
        asked = Sentence("%(stands)s, no answer yet", stands=Sentence("Asked for %(adult)s", adult="Mrs Ali"))
        assert _(asked) == "Gofynnwyd am Mrs Ali, dim ateb eto"

    def test_a_refusal(self) -> None:
        assert _(Refusal("Keep the note to %(most)s characters.", most=400)) == "Cadwch y nodyn o fewn 400 nod."

    def test_sentences_that_are_joined(self) -> None:
        assert _(joined([N_("A chat"), N_("at break")], " ")) == "Sgwrs amser egwyl"

    @pytest.mark.parametrize(
        ("number", "said"), [(1, "1 munud"), (2, "2 funud"), (3, "3 munud"), (6, "6 munud"), (20, "20 munud")]
    )
    def test_what_counts(self, number: int, said: str) -> None:
        assert _(counted("%(count)s minute", "%(count)s minutes", number)) == said

    def test_a_day_in_a_sentence(self) -> None:
        assert _(Sentence("on %(weekday)s", weekday=Day(FRIDAY, "EEEE"))) == "ddydd Gwener"

    def test_what_is_not_translated(self) -> None:
        unknown = "%(adult)s said what nobody translated"  # a name, so that make words does not find it here
        assert _(Sentence(unknown, adult="Mrs Ali")) == "Mrs Ali said what nobody translated"

    def test_a_template_needs_not_ask_for_it(self) -> None:
        shown = {"day": Day(FRIDAY, "EEEE d MMMM"), "label": N_("A chat"), "refused": Refusal("Signed off.")}
        page = render_template_string(
            "{{ day }} {{ label }} {{ refused }} {{ [label, label]|join(', ') }}", **shown
        )
        assert page == "Dydd Gwener 20 Tachwedd Sgwrs Wedi’i gymeradwyo. Sgwrs, Sgwrs"

    def test_a_template_counts_with_days_and_sentences_in_places(self) -> None:
        template = (
            "{{ ngettext('%(num)s child names %(adult)s.', '%(num)s children name %(adult)s.', 2, adult=day) }}"
        )
        assert render_template_string(template, day=Day(FRIDAY, "EEEE")) == "2 children name dydd Gwener."
        known = "{{ ngettext('%(count)s minute', '%(count)s minutes', 2, count=label) }}"
        assert render_template_string(known, label=N_("A chat")) == "Sgwrs funud"

    @pytest.mark.parametrize("template", ["{{ words }}", "{{ _(words) }}", "{{ _('%(a)s x', a=words) }}"])
    def test_what_somebody_wrote_cannot_become_a_tag(self, template: str) -> None:
        written = Sentence("Asked for %(adult)s", adult="<b>Ali</b>")
        assert "<b>" not in render_template_string(template, words=written)
        assert "<b>" not in render_template_string(template, words="<b>100 %</b>")

    def test_a_part_of_a_page_in_a_place_stays_one(self) -> None:
        page = render_template_string("{{ _('Asked for %(adult)s', adult=who) }}", who=Markup("<b>Ali</b>"))
        assert page == "Gofynnwyd am <b>Ali</b>"


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the program of what marks a sentence, with its file and line."""
    names = set(keywords())
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, node


def test_no_sentence_is_made_where_its_words_could_not_be_found() -> None:
    assembled = [
        where
        for where, _name, call in calls()
        if call.args and isinstance(call.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert assembled == [], "give the English as one text with %(places)s, and the values beside it"


def test_every_refusal_that_a_page_can_say_is_found_by_make_words() -> None:
    for_the_terminal = {
        "ConfigError",
        "CannotListen",
        "DemoRefused",
        "FromTheFuture",
        "KeyRefused",
        "SeriesRefused",
    }
    not_translated_yet = {"RosterRefused"}
    below: set[str] = set()
    waiting = [Refusal]
    while waiting:
        kinds = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("kiosk.")]
        below |= {kind.__name__ for kind in kinds}
        waiting += kinds
    says_nothing_of_its_own = {"OpenedAgain", "SomebodyHasIt"}
    assert below - for_the_terminal - not_translated_yet - says_nothing_of_its_own - set(keywords()) == set()


def test_the_scripts_of_staff_pages_have_no_words_of_their_own() -> None:
    # The service worker shows what is pushed, which is in English: whose phone it is chose no language.
    scripts = [one for one in (ROOT / "static/js/staff").glob("*.js") if one.name != "service-worker.js"]
    assert scripts
    said = [
        f"{path.name}: {line.strip()}"
        for path in scripts
        for line in path.read_text("utf-8").splitlines()
        if not line.strip().startswith(("//", "*", "/*")) and "new Error" not in line
        for text in _texts(line.split(" // ")[0])
        if text[:1].isupper() and " " in text
    ]
    assert said == []


def _texts(line: str) -> list[str]:
    """What stands between quotation marks in a line of a script."""
    return [part for mark in "\"'`" for part in line.split(mark)[1::2]]

"""The weekly list as a file, with what happened next."""

from __future__ import annotations

from kiosk.patterns.different.entries import Week
from kiosk.patterns.different.words import chance_words
from kiosk.patterns.out.sheets import LEFT_OUT, Export, Sheet, Value

LISTS = {"different": "harder than usual", "calmer": "calmer than usual", "rule": "by a plain rule"}


def week_export(week: Week) -> Export:
    """The list of a week with what happened next, a row for each thing that did."""
    rows: list[tuple[Value, ...]] = []
    for entry in week.entries:
        of_entry = (entry.name, entry.class_name, LISTS[entry.kind], entry.sentence)
        rows += [
            (*of_entry, step.kind, step.words, step.by, f"{step.at:%Y-%m-%d %H:%M}") for step in entry.steps
        ] or [(*of_entry, None, None, None, None)]
    heads = ("Child", "Class", "List", "Why", "What happened next", "Words", "Who", "When")
    notes = [LEFT_OUT, "The list stops at eight.", chance_words(week.compared, week.found)]
    if week.left_out:
        notes.append(f"{week.left_out} more children would have been on it.")
    if week.calmer_left_out:
        notes.append(f"{week.calmer_left_out} more children would have been on the list of the calmer.")
    return Export(f"different-from-usual-{week.shown_from}", (Sheet("List", heads, rows),), tuple(notes))

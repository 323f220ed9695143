"""The demo school's people without a database: read straight from the shipped roster."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import kiosk.demo
from kiosk.demo.hazelwood import POSTS, DemoAdult, DemoPupil, presence_of

ROSTER = Path(kiosk.demo.__file__).parent / "roster"


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of the shipped files."""
    with (ROSTER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo_people(today: date) -> tuple[list[DemoPupil], list[DemoAdult]]:
    """Everybody at Hazelwood, numbered in the order of the roster."""
    class_names = {row["sourcedId"]: row["title"] for row in rows_of("classes")}
    classes_of: dict[str, list[str]] = defaultdict(list)
    for row in rows_of("enrollments"):
        classes_of[row["userSourcedId"]].append(class_names[row["classSourcedId"]])
    children = [row["userSourcedId"] for row in rows_of("roles") if row["role"] == "student"]
    pupils = [DemoPupil(number, who, classes_of[who][0]) for number, who in enumerate(children, 1)]
    adults = [
        DemoAdult(number, who, tuple(classes_of[who]), post, presence_of(who, today))
        for number, (who, post) in enumerate(sorted(POSTS.items()), 1)
    ]
    return pupils, adults

"""The headings that registers are exported under. Data, no rules; compare kiosk.people.roster.headings."""

from __future__ import annotations

from kiosk.people.roster.headings import OF_ANYBODY, SURELY_PUPILS
from kiosk.people.roster.tables import Fields


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _half(starts: str) -> tuple[str, ...]:
    ends = ("", "mark", "code", "session", "sessionmark", "attendance", "attendancemark", "registration", "reg")
    return tuple(start + end for start in starts.split() for end in ends)


FIELDS: Fields = {
    **SURELY_PUPILS,
    "id": OF_ANYBODY["id"],
    "username": OF_ANYBODY["username"],
    "name": OF_ANYBODY["name"],
    "given": OF_ANYBODY["given"],
    "family": OF_ANYBODY["family"],
    "date": _words(
        "date attendancedate sessiondate markdate registerdate registrationdate rolldate calendardate day "
        "dateofmark eventdate startdate dateandtime datetime"
    ),
    "am": (*_half("am morning"), "markam", "codeam", "sessionam"),
    "pm": (*_half("pm afternoon"), "markpm", "codepm", "sessionpm"),
    "half": _words("session ampm sessionname sessiontype period sessioncode halfday partofday eventname rollcall"),
    "mark": _words(
        "mark attendancemark registermark sessionmark rollcallmark code attendancecode markcode registercode "
        "attendance marks"
    ),
}

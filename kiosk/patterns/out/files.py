"""Tables as files for a spreadsheet: CSV and XLSX, in which no cell is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

from kiosk.patterns.out.sheets import Export, Sheet, Value

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins with one of these: a child could be called "=HYPERLINK(…)"."""
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_csv(export: Export) -> bytes:
    """The first table, which others only the spreadsheet has, and what was left out and why.

    Opens with a mark by which Excel knows UTF-8.
    """
    text = StringIO()
    writer = csv.writer(text)
    first = export.sheets[0]
    writer.writerow(first.heads)
    writer.writerows([_safe(value) for value in row] for row in first.rows)
    writer.writerow([])
    writer.writerows([["Only in the spreadsheet", _safe(table.name)] for table in export.sheets[1:]])
    writer.writerows([["Left out", _safe(note)] for note in (*export.notes, *first.notes)])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(export: Export) -> bytes:
    """Every table on a sheet of its own, and one with what was left out and why."""
    import xlsxwriter  # when first needed: most servers never export

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    left_out = [
        *(("every table", note) for note in export.notes),
        *((table.name, note) for table in export.sheets for note in table.notes),
    ]
    notes = Sheet("Left out", ("Of", "What was left out, and why"), left_out)
    for table in (*export.sheets, notes):
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, head, bold)
            sheet.set_column(column, column, max(10, min(60, len(head) + 2)))
        for line, row in enumerate(table.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif value is not None:
                    sheet.write_number(line, column, value)
    book.close()
    return file.getvalue()


FORMS: dict[str, Callable[[Export], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}


def _safe(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value

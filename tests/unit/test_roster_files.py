"""Folders, zips and single files: what is opened, and what is refused before it can do harm."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from kiosk.people.roster import files as files_module
from kiosk.people.roster.model import RosterRefused
from kiosk.people.roster.reading import read_roster
from tests.rosters import ONEROSTER, file_with, folder_with, zip_with

PUPILS = "Forename,Surname,UPN\nAmir,Khan,1\n"


def refused(path: Path | str) -> str:
    with pytest.raises(RosterRefused) as found:
        read_roster(path)
    return str(found.value)


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:/users.csv", "..\\users.csv"]
)
def test_a_zip_with_a_name_that_points_outside_is_refused_whole(name: str, tmp_path: Path) -> None:
    path = zip_with(tmp_path / "roster.zip", ONEROSTER | {name: PUPILS})
    assert "points outside it" in refused(path)


def test_a_zip_is_never_unpacked_to_disk(tmp_path: Path) -> None:
    read_roster(zip_with(tmp_path / "roster.zip", ONEROSTER))
    assert [path.name for path in tmp_path.iterdir()] == ["roster.zip"]


def test_a_zip_bomb_is_refused_by_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "BYTES_MOST", 100_000)
    bomb = zip_with(tmp_path / "roster.zip", ONEROSTER | {"users.csv": b"\n" * 1_000_000})
    assert bomb.stat().st_size < 10_000
    with pytest.raises(RosterRefused, match="larger than"):
        files_module.open_files(bomb)  # not one byte of it has been unpacked


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "BYTES_MOST", 100_000)
    bomb = zip_with(tmp_path / "roster.zip", ONEROSTER | {"users.csv": b"\n" * 1_000_000})
    packed = bomb.read_bytes()
    true_size = (1_000_000).to_bytes(4, "little")
    assert packed.count(true_size) == 2
    bomb.write_bytes(packed.replace(true_size, (10).to_bytes(4, "little")))
    assert refused(bomb)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "BYTES_MOST", 100_000)
    path = file_with(tmp_path, PUPILS)
    with files_module.open_files(path) as files:
        path.write_bytes(b"\n" * 200_000)
        with pytest.raises(RosterRefused, match="larger than"):
            list(files.chunks("pupils.csv"))


def test_a_folder_larger_than_allowed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "BYTES_MOST", 100)
    assert "larger than" in refused(folder_with(tmp_path / "roster", ONEROSTER))


def test_a_zip_with_very_many_files_is_refused(tmp_path: Path) -> None:
    many = {f"{number}.csv": "a" for number in range(files_module.FILES_MOST + 1)}
    assert "more than 500 files" in refused(zip_with(tmp_path / "roster.zip", many))


def test_what_a_mac_adds_to_a_zip_is_passed_over(tmp_path: Path) -> None:
    extra = {
        "roster/.DS_Store": b"\0\1",
        "__MACOSX/roster/._users.csv": b"\0\5\x16\7",
        "roster/notes.txt": "hello",
    }
    path = zip_with(tmp_path / "roster.zip", {f"roster/{name}": text for name, text in ONEROSTER.items()} | extra)
    assert len(read_roster(path).pupils) == 2


def test_a_zip_without_the_ending_zip_is_still_a_zip(tmp_path: Path) -> None:
    assert len(read_roster(zip_with(tmp_path / "download", ONEROSTER)).pupils) == 2


def test_two_folders_leave_it_open_which_one_is_meant(tmp_path: Path) -> None:
    both = {f"{term}/{name}": text for term in ("autumn", "spring") for name, text in ONEROSTER.items()}
    assert "several folders" in refused(zip_with(tmp_path / "roster.zip", both))
    for term in ("autumn", "spring"):
        folder_with(tmp_path / "terms" / term, ONEROSTER)
    assert "several folders" in refused(tmp_path / "terms")


def test_two_files_of_one_name_leave_it_open_which_one_is_meant(tmp_path: Path) -> None:
    assert "two files called users.csv" in refused(zip_with(tmp_path / "a.zip", ONEROSTER | {"USERS.csv": PUPILS}))


def test_files_deep_in_a_zip_are_not_searched_for(tmp_path: Path) -> None:
    assert "too deep" in refused(zip_with(tmp_path / "a.zip", {"a/b/c/pupils.csv": PUPILS}))


def test_a_workbook_asks_for_csv(tmp_path: Path) -> None:
    path = zip_with(
        tmp_path / "pupils.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
    )
    assert "Save the sheet as CSV" in refused(path)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    whole = zip_with(tmp_path / "roster.zip", ONEROSTER).read_bytes()
    assert "not a zip file" in refused(file_with(tmp_path, whole[: len(whole) // 2], "half.zip"))
    protected = whole.replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00")  # the flag that says a password is needed
    assert protected != whole
    assert "damaged or protected" in refused(file_with(tmp_path, protected, "protected.zip"))
    spoilt = bytearray(zip_with(tmp_path / "one.zip", {"pupils.csv": PUPILS}).read_bytes())
    spoilt[45] ^= 0xFF  # within the packed bytes
    assert "damaged or protected" in refused(file_with(tmp_path, bytes(spoilt), "spoilt.zip"))
    assert "not a zip file" in refused(file_with(tmp_path, PUPILS, "renamed.zip"))


def test_a_file_without_a_name_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    whole = zip_with(tmp_path / "roster.zip", ONEROSTER | {"notes.txt": b"nothing"}).read_bytes()
    nameless = file_with(tmp_path, whole.replace(b"notes.txt", b"\0otes.txt"), "nameless.zip")
    assert len(read_roster(nameless).pupils) == 2


def test_a_zip_of_one_list(tmp_path: Path) -> None:
    assert len(read_roster(zip_with(tmp_path / "pupils.zip", {"export/Pupils.csv": PUPILS})).pupils) == 1


@pytest.mark.parametrize("name", ["nothing-here.csv", "", "a\0b", "x" * 5000])
def test_nothing_there(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / "inner" / name)


def test_a_folder_without_csv(tmp_path: Path) -> None:
    folder_with(tmp_path / "empty", {"readme.txt": "hello"})
    assert "no CSV file in empty" in refused(tmp_path / "empty")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pupils.csv")
    assert "no CSV file" in refused(tmp_path)
    assert "no file or folder" in refused(tmp_path / "pupils.csv")


def test_a_zip_stays_closed_after_a_refusal(tmp_path: Path) -> None:
    path = zip_with(tmp_path / "roster.zip", {"../users.csv": PUPILS})
    assert refused(path)
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pupils.csv", PUPILS)
    assert len(read_roster(path).pupils) == 1

"""Small rosters of every shape, made by us, and ways to make more inside a test.

Every shape tells of the same school: Amir, Zofia (who is called Zosia) and Łukasz are in Oak with Mrs Ali; Tomi
and Siân are in Birch with Mr Okafor and Ms Novak. Amir's mother Nadia is in the files as schools' files have her,
with her phone number and password, and must never come out of them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

ROSTERS = Path(__file__).parent
SHAPES = (
    "oneroster-1.1",
    "oneroster-1.2",
    "sds-v1-uk",
    "sds-v1-us",
    "sds-v2.1",
    "flat/pupils-and-staff.csv",
)
NEVER_STORED = ("Sekret", "77009", "Nadia", "home.example", "2017", "Yusuf", "male", "he/him")
"""Pieces of passwords, phone numbers, parents, birth dates and demographics that stand in the files."""

ONEROSTER = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\nhazelwood,Hazelwood,school,\n",
    "classes.csv": "sourcedId,title,classType,schoolSourcedId\nc-oak,Oak,homeroom,hazelwood\n",
    "users.csv": "sourcedId,role,orgSourcedIds,givenName,familyName,username\n"
    "p-amir,student,hazelwood,Amir,Khan,amir\np-zofia,student,hazelwood,Zofia,Nowak,zofia\n",
    "enrollments.csv": "classSourcedId,userSourcedId,role,endDate\n"
    "c-oak,p-amir,student,\nc-oak,p-zofia,student,\n",
}


def folder_with(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder and give it back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def file_with(folder: Path, content: str | bytes, name: str = "pupils.csv") -> Path:
    """Write one file and give back its path."""
    return folder_with(folder, {name: content}) / name


def zip_with(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make a zip with these members and give back its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path

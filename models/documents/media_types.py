"""Which kinds of file are taken, how each is told from its first bytes, and how its names end."""

import re
from collections.abc import Callable
from typing import NamedTuple

LOOKED_AT = 4096
"""How many of its first bytes tell what a file is."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"heim")


def _is_text(content: bytes) -> bool:
    """No binary, and nothing that a browser or an office program would run."""
    if b"\0" in content or content.startswith((b"%PDF", b"PK\x03\x04", b"MZ")):
        return False
    return not content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<", b"{\\rtf"))


_ZIP = _begins(b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # Word, Excel and PowerPoint before 2007


class Kind(NamedTuple):
    """How files of a type begin, and how their names end."""

    begins: Callable[[bytes], bool]
    endings: tuple[str, ...]


KINDS = {
    "application/pdf": Kind(_begins(b"%PDF-"), ("pdf",)),
    "image/png": Kind(_begins(b"\x89PNG\r\n\x1a\n"), ("png",)),
    "image/jpeg": Kind(_begins(b"\xff\xd8\xff"), ("jpg", "jpeg", "jfif")),
    "image/gif": Kind(_begins(b"GIF87a", b"GIF89a"), ("gif",)),
    "image/tiff": Kind(_begins(b"II*\0", b"MM\0*"), ("tif", "tiff")),
    "image/webp": Kind(_is_webp, ("webp",)),
    "image/heic": Kind(_is_heic, ("heic", "heif")),
    f"{_OFFICE}wordprocessingml.document": Kind(_ZIP, ("docx",)),
    f"{_OFFICE}spreadsheetml.sheet": Kind(_ZIP, ("xlsx",)),
    f"{_OFFICE}presentationml.presentation": Kind(_ZIP, ("pptx",)),
    f"{_OPEN}text": Kind(_ZIP, ("odt",)),
    f"{_OPEN}spreadsheet": Kind(_ZIP, ("ods",)),
    "application/msword": Kind(_COMPOUND, ("doc",)),
    "application/vnd.ms-excel": Kind(_COMPOUND, ("xls",)),
    "application/vnd.ms-powerpoint": Kind(_COMPOUND, ("ppt",)),
    "application/zip": Kind(_ZIP, ("zip",)),
    "text/plain": Kind(_is_text, ("txt", "text", "md", "log")),
    "text/csv": Kind(_is_text, ("csv", "txt", "tsv")),
}
"""The types that are taken."""

_ENDING = re.compile(r"\.([a-z][a-z0-9-]+)[\s.]*$", re.IGNORECASE)
"""What a system tells a file's kind by, points and blanks behind it left out as Windows does it:
“v1.2” and “S.A.” have none."""


def ends_as(media_type: str, name: str) -> bool:
    """Whether the name ends as those of this type do, or has no ending."""
    ending = _ENDING.search(name)
    return ending is None or ending[1].lower() in KINDS[media_type].endings


def fits(media_type: str, beginning: bytes) -> bool:
    """Whether a file that begins so is what it is said to be."""
    kind = KINDS.get(media_type)
    return kind is not None and kind.begins(beginning)

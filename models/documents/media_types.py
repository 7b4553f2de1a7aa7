"""Which kinds of file are taken, and how each is told from its first bytes."""

import re
from collections.abc import Callable

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

_KINDS: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": _begins(b"%PDF-"),
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/gif": _begins(b"GIF87a", b"GIF89a"),
    "image/tiff": _begins(b"II*\0", b"MM\0*"),
    "image/webp": _is_webp,
    "image/heic": _is_heic,
    f"{_OFFICE}wordprocessingml.document": _ZIP,
    f"{_OFFICE}spreadsheetml.sheet": _ZIP,
    f"{_OFFICE}presentationml.presentation": _ZIP,
    f"{_OPEN}text": _ZIP,
    f"{_OPEN}spreadsheet": _ZIP,
    "application/msword": _COMPOUND,
    "application/vnd.ms-excel": _COMPOUND,
    "application/vnd.ms-powerpoint": _COMPOUND,
    "application/zip": _ZIP,
    "text/plain": _is_text,
    "text/csv": _is_text,
}

TAKEN = frozenset(_KINDS)

_ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",), "image/png": ("png",), "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/gif": ("gif",), "image/tiff": ("tif", "tiff"), "image/webp": ("webp",),
    "image/heic": ("heic", "heif"), f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",), f"{_OFFICE}presentationml.presentation": ("pptx",),
    f"{_OPEN}text": ("odt",), f"{_OPEN}spreadsheet": ("ods",), "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",), "application/vnd.ms-powerpoint": ("ppt",),
    "application/zip": ("zip",), "text/plain": ("txt", "text", "md", "log"),
    "text/csv": ("csv", "txt", "tsv"),
}  # fmt: skip
_ENDING = re.compile(r"\.([a-z][a-z0-9]{0,5})\s*$", re.IGNORECASE)
"""What a system tells a file's kind by: “v1.2” has none."""


def endings_for(media_type: str, name: str) -> tuple[str, ...]:
    """How a file of this type ends, if its name ends otherwise; nothing where it fits."""
    ending = _ENDING.search(name)
    known = _ENDINGS[media_type]
    return known if ending is not None and ending[1].lower() not in known else ()


def fits(media_type: str, beginning: bytes) -> bool:
    """Whether a file that begins so is what it is said to be."""
    told = _KINDS.get(media_type)
    return told is not None and told(beginning)

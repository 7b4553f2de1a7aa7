"""What a file may be called. The name is shown and handed to browsers; it is no path and no key."""

import re
import unicodedata

from models.errors import ValidationError

LONGEST_BYTES = 200
# Control characters; those that turn round what follows; what a file system reads as a place.
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def checked(name: str) -> str:
    """The name in composed form (NFC). Raises ValidationError for one that could do harm."""
    composed = unicodedata.normalize("NFC", name)
    if _NEVER.search(composed) or composed.startswith("."):
        raise ValidationError(
            "A file's name has no / \\ : and no invisible characters, and begins with no dot.",
            path=("name",),
        )
    if not 1 <= len(composed.encode(errors="replace")) <= LONGEST_BYTES:
        raise ValidationError(f"A file's name has 1 to {LONGEST_BYTES} bytes.", path=("name",))
    return composed

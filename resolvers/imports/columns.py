"""Which column means what: headings are matched by their words, whatever their dress.

"Billable?", "BILLABLE" and "billable" are one heading; so are "Kunden-Nr." and "Kunden Nr".
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from resolvers.imports.refusals import FileRefused

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_A_WORD = re.compile(r"[\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")

Synonyms = Mapping[str, Sequence[str]]


def fold(text: str) -> str:
    """The bare words of a text: no case, accents or punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", kept).strip()


def fold_heading(text: str) -> str:
    """The bare words of a heading: “AccountNumber” is “Account Number”."""
    return fold(_HUMP.sub(" ", text))


@lru_cache(maxsize=8192)
def same_name(text: str) -> str:
    """What two spellings of one name share: case and spaces do not tell names apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def tidy(text: str) -> str:
    """A cell as it is kept: without control characters and surrounding space, lines ended by LF."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def locate(headings: Sequence[str], synonyms: Synonyms) -> dict[str, int]:
    """For each field that the headings name, the position of its column.

    A field's synonyms stand in order of preference. Raises FileRefused when a heading that is
    needed stands there twice: which of the two columns counts cannot be told.
    """
    folded = [fold_heading(heading) for heading in headings]
    found: dict[str, int] = {}
    for name, words in synonyms.items():
        for word in words:
            if word not in folded:
                continue
            if folded.count(word) > 1:
                raise FileRefused(f"There are two columns called “{headings[folded.index(word)]}”.")
            found[name] = folded.index(word)
            break
    return found

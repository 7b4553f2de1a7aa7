"""One row of a client list, from whatever program wrote it: what it says, in our terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resolvers.imports.client_words import CLIENT_COLUMNS, KINDS, ROLES, STATUSES, TAX_IDS
from resolvers.imports.columns import fold, fold_heading, locate, tidy
from resolvers.imports.headings import NO, YES
from resolvers.imports.refusals import FileRefused, RowRefused

_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class ParsedClient:
    """A client as its row tells it. What is None the row does not say, and is left as it is."""

    row: int
    name: str
    id: str | None = None
    number: str | None = None
    """The client's number or key in the program the list comes from."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Columns of a client that the row gives a value: kind, status, tags, currency, notes."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Who looks after the client, by role: a member's e-mail or name."""
    tax_ids: Mapping[str, str] = field(default_factory=dict)
    """What authorities know the client by: numbers by what they are called."""
    contact_name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ClientReader:
    """Turns the rows of one client list into clients."""

    columns: Mapping[str, int]
    ours: bool
    """Whether OpenPractice wrote the file: then its ids count and its quoting is taken off."""

    @classmethod
    def of(cls, headings: Sequence[str], named: Mapping[str, str] | None = None) -> "ClientReader":
        """The reader for these headings; `named` says which heading holds a field.

        Raises FileRefused when no column holds a name.
        """
        folded = [fold_heading(heading) for heading in headings]
        ours = {"id", "version"} <= set(folded)
        columns = _names_apart(locate(headings, CLIENT_COLUMNS), folded)
        if not ours and "id" in columns:
            columns.setdefault("number", columns["id"])
        for name, heading in (named or {}).items():
            if name not in CLIENT_COLUMNS or fold_heading(heading) not in folded:
                raise FileRefused(f"There is no field “{name}” or no column “{heading}”.")
            columns[name] = folded.index(fold_heading(heading))
        if not columns.keys() & {"name", "last_name"}:
            raise FileRefused(
                f"No column holds the clients’ names: {', '.join(headings[:12])}."
                " Say which does with --column name=HEADING."
            )
        return cls(columns, ours)

    def client(self, row: int, cells: Sequence[str]) -> ParsedClient:
        """What the row says. Raises RowRefused with the reason when that is not whole."""
        person = " ".join(
            filter(None, (self._cell(cells, "first_name"), self._cell(cells, "last_name")))
        )
        name = " ".join((self._cell(cells, "name") or person).split())
        if not name:
            raise RowRefused("it has no name")
        contact = self._cell(cells, "contact_name") or (person if person != name else "")
        return ParsedClient(
            row=row,
            name=_fitting(name, "name", 200),
            id=(self._cell(cells, "id") or None) if self.ours else None,
            number=self._said(cells, "number", 255),
            fields=self._fields(cells, is_person=name == person),
            roles={role: who for role in ROLES if (who := self._cell(cells, role))},
            tax_ids={
                kind: number
                for column, kind in TAX_IDS.items()
                if (number := self._said(cells, column, 50))
            },
            contact_name=_fitting(contact, "contact_name", 200) or None,
            email=self._cell(cells, "email").lower() or None,
            phone=self._said(cells, "phone", 50),
        )

    def _fields(self, cells: Sequence[str], *, is_person: bool) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if kind := self._word(cells, "kind", KINDS):
            said["kind"] = kind
        elif is_person:
            said["kind"] = "individual"
        if status := self._word(cells, "status", STATUSES):
            said["status"] = status
        if tags := self._cell(cells, "tags"):
            apart = tags.replace(";", ",").replace("\n", ",").split(",")
            said["tags"] = sorted({tag.strip() for tag in apart if tag.strip()})
        if currency := self._cell(cells, "currency"):
            # Some programs write the currency's name with its code behind: "Euro - EUR".
            said["currency"] = _code(currency)
        if notes := self._said(cells, "notes", 20_000):
            said["notes"] = notes
        if restricted := self._cell(cells, "restricted"):
            if fold(restricted) not in YES | NO:
                raise RowRefused(f"“{restricted}” is neither yes nor no (restricted)")
            said["restricted"] = fold(restricted) in YES
        return said

    def _cell(self, cells: Sequence[str], name: str) -> str:
        position = self.columns.get(name)
        if position is None:
            return ""
        text = cells[position]
        if self.ours and text.startswith("'") and text[1:].startswith((*_RISKY, "'")):
            text = text[1:]
        return tidy(text)

    def _said(self, cells: Sequence[str], name: str, longest: int) -> str | None:
        return _fitting(self._cell(cells, name), name, longest) or None

    def _word(self, cells: Sequence[str], name: str, words: Mapping[str, str]) -> str | None:
        text = self._cell(cells, name)
        if text and fold(text) not in words:
            known = ", ".join(sorted(set(words.values())))
            raise RowRefused(f"“{text}” is no {name}: it is one of {known}")
        return words[fold(text)] if text else None


def _names_apart(columns: dict[str, int], folded: Sequence[str]) -> dict[str, int]:
    """Columns where “Nom, Prénom”, “Name, Vorname” and “Nombre, Apellidos” are parts of a name."""
    if columns.get("contact_name") == columns.get("name"):
        columns.pop("contact_name", None)
    heading = folded[columns["name"]] if "name" in columns else ""
    if heading in {"nom", "name"} and "first_name" in columns and "last_name" not in columns:
        columns["last_name"] = columns.pop("name")
    if heading == "nombre" and "last_name" in columns and "first_name" not in columns:
        columns["first_name"] = columns.pop("name")
    return columns


def _fitting(text: str, name: str, longest: int) -> str:
    if len(text) > longest:
        raise RowRefused(f"its {name.replace('_', ' ')} is longer than {longest:,} characters")
    return text


def _code(currency: str) -> str:
    code = currency[-3:].upper()
    stands_alone = len(currency) == 3 or currency[-4:-3] in (" ", "-")
    if not (code.isascii() and code.isalpha() and stands_alone):
        raise RowRefused(f"“{currency}” is no currency code")
    return code

"""How files come and go: the same for staff and for clients' contacts."""

from typing import Any

import strawberry

from schema.fields import computed, field


def _listed(form: Any) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in form["fields"].items()]


@strawberry.type(description="A field of a form, to be sent as it stands.")
class FormField:
    name: str = field("Its name.")
    value: str = field("What it holds.")


@strawberry.type(
    description="Where to POST a file as `multipart/form-data`, within ten minutes: all fields in"
    " their order, then the file as `file`. Any other size, type or content is refused there."
)
class UploadForm:
    url: str = field("The file store's address.")
    fields: list[FormField] = computed("What goes before the file.", _listed)


@strawberry.type(description="A link under which one file can be fetched, for a minute.")
class DownloadLink:
    url: str = field("Answers with the file, always as an attachment.")

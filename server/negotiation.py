"""Media types: what a request's body is, what its answer may be (GraphQL over HTTP, §5 and §6)."""

from enum import StrEnum

from server.errors import Code, refusal


class Media(StrEnum):
    """What an answer can be written as."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"
    HTML = "text/html"
    EVENTS = "text/event-stream"


_OFFERED = {
    "*/*": Media.JSON,
    "application/*": Media.GRAPHQL,
    Media.GRAPHQL: Media.GRAPHQL,
    Media.JSON: Media.JSON,
    Media.EVENTS: Media.EVENTS,
}


def answer_media(accept: str | None, *, pages: bool = False) -> Media:
    """The best of what the client accepts; `pages` offers HTML too. Raises Refusal (406)."""
    if accept is None or not accept.strip():
        return Media.JSON
    offered = {**_OFFERED, Media.HTML: Media.HTML} if pages else _OFFERED
    best: tuple[int, Media] | None = None
    for item in accept.split(",")[:50]:
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        media = offered.get(name)
        weight = _weight(parameters)
        if media is not None and weight > 0 and _utf8(parameters):
            # Of equal weight, the first one named wins; a wildcard never beats a name.
            rank = weight * 2 + ("*" not in name)
            if best is None or rank > best[0]:
                best = (rank, media)
    if best is None:
        raise refusal(
            406,
            Code.NOT_ACCEPTABLE,
            f"Answers are {Media.GRAPHQL}, {Media.JSON} or {Media.EVENTS}, in UTF-8.",
        )
    return best[1]


def must_be_json(content_type: str | None, encoding: str | None) -> None:
    """Raises Refusal (415) unless the body is application/json, in UTF-8, not compressed."""
    name, *parameters = (part.strip().lower() for part in (content_type or "").split(";"))
    if name != Media.JSON or not _utf8(parameters):
        raise refusal(
            415,
            Code.UNSUPPORTED_MEDIA_TYPE,
            f"Send the request as {Media.JSON} in UTF-8.",
            accept_post=str(Media.JSON),
        )
    if encoding is not None and encoding.strip().lower() not in ("", "identity"):
        raise refusal(415, Code.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.")


def _weight(parameters: list[str]) -> int:
    """`q` in thousandths; what is no number counts as nothing."""
    for parameter in parameters:
        name, _, given = parameter.partition("=")
        if name.strip() == "q":
            whole, _, part = given.strip().partition(".")
            digits = f"{whole}{part[:3]:0<3}"
            return min(int(digits), 1000) if digits.isascii() and digits.isdigit() else 0
    return 1000


def _utf8(parameters: list[str]) -> bool:
    charsets = [p.partition("=")[2].strip(' "') for p in parameters if p.startswith("charset")]
    return all(charset in ("utf-8", "utf8") for charset in charsets)

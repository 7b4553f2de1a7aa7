"""Text into a document that may be run: parsed, measured, validated; the good ones are kept."""

import hashlib
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules, validate
from graphql.validation import recommended_rules
from graphql.validation.rules import overlapping_fields_can_be_merged

from schema.engine import Shelf
from server.errors import Code, coded
from server.limits import STAFF, Bounds, Survey, survey, verdict

# Comparing fields pair by pair is validation's one quadratic part. `limits` refuses what is made
# to trip it; a fifth of graphql-core's own budget (0.2 s here) bounds what is left.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 100_000

_RULES = (*specified_rules, *recommended_rules)
_MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may be run, or why it may not; `analysis` is what the limits found."""

    schema: GraphQLSchema
    document: DocumentNode | None
    errors: tuple[GraphQLError, ...]
    analysis: Survey | None


Key = tuple[int, bytes]
"""A schema, by identity, and a text's SHA-256."""

_OURS: dict[Key, Prepared] = {}
"""Our own documents: each is prepared at its first use, once and for ever."""

_SHELF: Shelf[Prepared] = Shelf(100_000)
"""Those of others prepared last, at most so many tokens of them (about 0.4 KB a token, as much as
a hundred characters: a text of one token may be as long as a request)."""


def prepare(
    schema: GraphQLSchema,
    text: str,
    *,
    bounds: Bounds = STAFF,
    trusted: bool = False,
    hide_suggestions: bool = False,
    shelf: Shelf[Prepared] = _SHELF,
) -> Prepared:
    """Parse, measure and validate `text`; a good document is kept by schema and SHA-256.

    `trusted` is for documents of our own: they may have any number of tokens, and stay kept.
    """
    # The schema stands in the key by identity; the kept value keeps it alive, so that holds.
    key = (id(schema), hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    kept = _OURS.get(key) if trusted else shelf.get(key)
    if kept is not None:
        return kept
    try:
        document = _parse(text, None if trusted else bounds)
    except GraphQLError as error:
        return _refused(schema, coded(error.message, Code.PARSE_FAILED, error.nodes), error)
    found = survey(schema, document, bounds)
    errors = verdict(found, bounds) or validate(
        schema, document, _RULES, max_errors=_MOST_ERRORS, hide_suggestions=hide_suggestions
    )
    prepared = Prepared(schema, document, tuple(errors), found)
    if not errors and trusted:
        _OURS[key] = prepared
    elif not errors:
        shelf.put(key, prepared, _tokens(document) + len(text) // 100)
    return prepared


def is_ours(document: DocumentNode) -> bool:
    """Whether it is one of our own that has been prepared."""
    return any(ours.document is document for ours in _OURS.values())


def _parse(text: str, bounds: Bounds | None) -> DocumentNode:
    if bounds is None:
        return parse(text)
    return parse(
        text,
        max_lexical_tokens=bounds.tokens,
        max_comments=bounds.tokens,
        max_source_length=bounds.frame_bytes,
    )


def _tokens(document: DocumentNode) -> int:
    token = document.loc.start_token if document.loc else None
    count = 0
    while token is not None:
        count, token = count + 1, token.next
    return count


def _refused(schema: GraphQLSchema, told: GraphQLError, error: GraphQLError) -> Prepared:
    told.locations = error.locations
    return Prepared(schema, None, (told,), None)

"""Relay connections over keyset pages."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from models.errors import ValidationError
from resolvers import pages
from resolvers.pages import Window
from schema.fields import ANYONE, argument, batch, computed, field
from schema.scalars import Cursor

T = TypeVar("T")

DEFAULT_PAGE = 50
LARGEST_PAGE = 250
COUNTED_TO = 10_000

First = Annotated[int | None, argument("How many from the front, 1 to 250; 50 unless said.")]
After = Annotated[Cursor | None, argument("Only what comes after this cursor.")]
Last = Annotated[int | None, argument("How many from the back, 1 to 250; not with `first`.")]
Before = Annotated[Cursor | None, argument("Only what comes before this cursor.")]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = field("Whether more follows; told when paging forward.")
    has_previous_page: bool = field("Whether more precedes; told when paging backward.")
    start_cursor: Cursor | None = field("The first row's cursor; null for an empty page.")
    end_cursor: Cursor | None = field("The last row's cursor; null for an empty page.")


@strawberry.type(description="A row of a page, with its own cursor.")
class Edge(Generic[T]):
    cursor: Cursor = field("The row's place: pass it as `after` or `before`.")
    node: T = field("The row.")


async def _counted(connections: Sequence[Any]) -> list[dict[str, Any]]:
    counts = [await connection["count"]() for connection in connections]
    return [{"up_to": min(count, COUNTED_TO), "capped": count > COUNTED_TO} for count in counts]


def _count(pick: str, description: str) -> Any:
    return batch(_counted, pick=pick, allow=ANYONE, of=("count",), cost=10, description=description)


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    # What is read of it is what is asked of it: `resolvers.pages` makes nothing else.
    edges: list[Edge[T]] = computed("The rows with their cursors.", pages.edges, of=("edges",))
    nodes: list[T] = field("The rows alone.")
    page_info: PageInfo = computed(
        "Where this page lies in the list.", pages.page_info, of=("page_info",)
    )
    total_count: int | None = _count(
        "up_to", "How many rows the whole list has: exact to 10,000, then 10,000."
    )
    count_is_capped: bool = _count("capped", "Whether the list is longer than `totalCount` says.")


def window(
    first: int | None, after: str | None, last: int | None = None, before: str | None = None
) -> Window:
    """The part of a list that was asked for. Raises ValidationError."""
    if first is not None and last is not None:
        raise ValidationError("Give `first` or `last`, not both.", path=("last",))
    size = first if first is not None else last if last is not None else DEFAULT_PAGE
    if not 1 <= size <= LARGEST_PAGE:
        raise ValidationError(
            f"A page has 1 to {LARGEST_PAGE} rows.", path=("first" if last is None else "last",)
        )
    return Window(size, last is not None, after, before)

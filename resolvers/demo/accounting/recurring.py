"""The work that comes round: each service's periods, when its jobs are opened and when due."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from resolvers.demo.facts import ClientFacts
from resolvers.demo.orders import Period
from resolvers.demo.story import Story
from resolvers.demo.working_days import month_end, month_start

_BOOKS_DUE = (8, 12, 15, 19, 23, 27)
_STAGGERS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a service: when its job is opened, begun and due."""

    period: Period
    opens: date
    first: date
    due: date


def turns_of(story: Story, key: str, client: ClientFacts, place: int) -> Iterator[Turn]:
    """A client's turns of a service that are opened by today; `place` spreads the clients out."""
    for turn in _KINDS[key](story, client, place):
        if turn.opens > story.today:
            return
        if turn.due >= story.days.shift(story.begins, 7):
            yield turn


def _books(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for month in _months(story, -2):
        due = month_start(month, 1) + timedelta(days=_BOOKS_DUE[place % len(_BOOKS_DUE)] - 1)
        due = days.on_or_before(due)
        opens = days.on_or_before(month_start(month, -1) + timedelta(days=21))
        yield Turn(_month(month), opens, days.shift(due, -11), due)


def _payroll(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for month in _months(story, -1):
        pay_day = 17 if month.month == 12 else (24, 25, 27)[place % 3]
        due = days.on_or_before(month_start(month) + timedelta(days=pay_day - 1))
        opens = days.on_or_before(month_start(month, -1) + timedelta(days=21))
        yield Turn(_month(month), opens, days.shift(due, -6), due)


def _vat(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for month in _months(story, -3):
        if month.month % _STAGGERS == place % _STAGGERS:
            due = days.on_or_before(month_start(month, 2) + timedelta(days=6))
            opens = days.on_or_before(month_start(month) + timedelta(days=14))
            yield Turn(quarter_to(month), opens, days.shift(due, -18 + place % 5), due)


def _accounts(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for month in _months(story, -9):
        if month.month == client.year_end:
            due = days.on_or_before(month_start(month, 5 + place % 3) + timedelta(days=9 + place))
            opens = days.on_or_before(month_end(month) - timedelta(days=12))
            yield Turn(year_to(month), opens, days.shift(due, -38), due)


def _personal(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for year in range(story.begins.year - 2, story.today.year + 1):
        due = days.on_or_before(date(year, 6, 5) + timedelta(days=place * 37 % 225))
        period = Period(date(year - 1, 4, 6), date(year, 4, 5), f"{year - 1}/{year % 100:02d}")
        opens = days.on_or_before(due - timedelta(days=55))
        yield Turn(period, opens, days.shift(due, -16), due)


def _director(story: Story, client: ClientFacts, place: int) -> Iterator[Turn]:
    days = story.days
    for month in _months(story, -2):
        if month.month % 3 == 0:
            due = days.on_or_before(month_end(month) + timedelta(days=12))
            opens = days.on_or_before(month_start(month, -3) + timedelta(days=19))
            first = days.on_or_after(month_start(month, -2) + timedelta(days=2))
            yield Turn(quarter_to(month), opens, first, due)


_KINDS: dict[str, Callable[[Story, ClientFacts, int], Iterator[Turn]]] = {
    "books": _books,
    "payroll": _payroll,
    "vat": _vat,
    "accounts": _accounts,
    "personal": _personal,
    "director": _director,
}


def quarter_to(month: date) -> Period:
    """The quarter that ends with a month."""
    last = month_end(month)
    return Period(month_start(month, -2), last, f"quarter to {last:%B %Y}")


def year_to(month: date) -> Period:
    """The year that ends with a month."""
    last = month_end(month)
    return Period(month_start(month, -11), last, f"year to {last:%B %Y}")


def _month(month: date) -> Period:
    return Period(month_start(month), month_end(month), f"{month:%B %Y}")


def _months(story: Story, first: int) -> Iterator[date]:
    """Months from so many before the beginning, to the one after next."""
    month = month_start(story.begins, first)
    while month <= month_start(story.today, 2):
        yield month
        month = month_start(month, 1)

"""What an invoice says on paper: its stored figures and names, in the words of a locale."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from models.invoices import Invoice
from models.invoices.lines import InvoiceLine, TaxCategory
from models.invoices.paper import paper_now
from models.money import Money

TEMPLATE = "invoice"
"""Which of the renderer's templates shows these facts."""

_ENGLISH = Locale("en", "GB")


async def facts_of(invoice: Invoice) -> dict[str, Any]:
    """All that the template shows, as texts."""
    lines = await invoice.lines()
    paper = invoice.paper or await paper_now(invoice.client_id, invoice.legal_entity_id)
    words = _Words(_locale(paper["locale"]), invoice.currency)
    return {
        **{name: paper[name] for name in ("firm", "entity", "client")},
        "tax_ids": [f"{name} {id}" for name, id in sorted(paper["tax_ids"].items())],
        "number": None if invoice.number is None else str(invoice.number),
        "issue_date": words.day(invoice.issue_date),
        "due_date": words.day(invoice.due_date),
        "lines": [words.line(line) for line in lines],
        "taxes": words.taxes(lines),
        **{name: words.money(getattr(invoice, name)) for name in ("net", "tax", "total")},
    }


class _Words:
    """How the firm writes days and amounts."""

    def __init__(self, locale: Locale, currency: str) -> None:
        self._locale = locale
        self._currency = currency

    def day(self, day: date | None) -> str | None:
        return None if day is None else format_date(day, "long", locale=self._locale)

    def money(self, minor: int) -> str:
        amount = Decimal(Money(minor, self._currency).amount)
        return format_currency(amount, self._currency, locale=self._locale)

    def rate(self, category: str, rate: Decimal) -> str:
        if category == TaxCategory.EXEMPT:
            return "exempt"
        return f"{format_decimal(rate.normalize(), locale=self._locale, format='0.####')} %"

    def line(self, line: InvoiceLine) -> Mapping[str, str | None]:
        return {
            "description": line.description,
            "time": None if line.seconds is None else _clock(line.seconds),
            "rate": self.rate(line.tax_category, line.tax_rate),
            "net": self.money(line.net),
        }

    def taxes(self, lines: Iterable[InvoiceLine]) -> list[dict[str, str]]:
        """Net and tax by rate, the highest first."""
        sums: dict[tuple[str, Decimal], list[int]] = {}
        for line in lines:
            held = sums.setdefault((line.tax_category, line.tax_rate), [0, 0])
            held[0], held[1] = held[0] + line.net, held[1] + line.tax
        return [
            {"rate": self.rate(category, rate), "net": self.money(net),
             "tax": self.money(tax)}
            for (category, rate), (net, tax) in sorted(sums.items(), key=lambda one: -one[0][1])
        ]  # fmt: skip


def _clock(seconds: int) -> str:
    """Hours and minutes, as the pages show them: to the nearest one, half a minute up."""
    minutes = (seconds + 30) // 60
    return f"{minutes // 60}:{minutes % 60:02} h"


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return _ENGLISH

"""Money: whole minor units of an ISO 4217 currency. The one place where an amount is rounded.

What lies between two amounts is an exact fraction; it is rounded once, half away from zero.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Self

from babel.numbers import get_currency_precision, list_currencies

from models.errors import ValidationError

MOST_DIGITS = 18
"""Digits an amount or a rate may have, those after the point included."""

_EXACT = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency, in its minor units (cents, pence)."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Self:
        """The amount that a decimal number says. Raises ValidationError: no currency of ISO 4217,
        more digits after the point than it has, or more than 18 in all."""
        if type(amount) is not Decimal or not amount.is_finite():
            raise ValidationError("An amount is a decimal number such as 12.50.",
                                  path=("amount",))  # fmt: skip
        minor = Fraction(amount) * 10 ** digits(currency)
        if minor.denominator != 1:
            raise ValidationError(
                f"{currency} has {digits(currency)} digits after the point, no more.",
                path=("amount",),
            )
        return cls(_fitting(minor.numerator, "amount"), currency)

    @classmethod
    def worked(cls, hourly: Decimal, seconds: int, currency: str) -> Self:
        """What that many seconds are worth at a rate an hour."""
        exact = Fraction(hourly) * seconds / _SECONDS_AN_HOUR
        return cls(_fitting(_half_up(exact * 10 ** digits(currency))), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(_fitting(self.minor + other.only(self.currency).minor), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(_fitting(self.minor - other.only(self.currency).minor), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def times(self, ratio: Decimal) -> "Money":
        """The amount times a ratio."""
        return Money(_fitting(_half_up(self.minor * Fraction(ratio))), self.currency)

    def percent(self, rate: Decimal) -> "Money":
        """That many hundredths of the amount."""
        return Money(_fitting(_half_up(self.minor * Fraction(rate) / 100)), self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Parts in proportion to the weights (all alike where they are all nothing) that sum to
        the whole: by largest remainder, the earlier first where two are alike."""
        if not weights or min(weights) < 0:
            raise ValueError("A whole is split by weights that are not negative.")
        shares = list(weights) if any(weights) else [1] * len(weights)
        whole, sign = abs(self.minor), -1 if self.minor < 0 else 1
        parts, rests = zip(*(divmod(whole * share, sum(shares)) for share in shares), strict=True)
        missing = whole - sum(parts)
        first = sorted(range(len(shares)), key=lambda place: -rests[place])[:missing]
        return [Money(sign * (part + (place in first)), self.currency)
                for place, part in enumerate(parts)]  # fmt: skip

    @property
    def amount(self) -> str:
        """As a decimal number with as many digits after the point as the currency has."""
        after = digits(self.currency)
        text = str(abs(self.minor)).rjust(after + 1, "0")
        sign = "-" if self.minor < 0 else ""
        return sign + (f"{text[:-after]}.{text[-after:]}" if after else text)

    @property
    def row(self) -> dict[str, str]:
        """As what reads rows has it."""
        return {"amount": self.amount, "currency": self.currency}

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def only(self, currency: str) -> "Money":
        """The amount itself. Raises ValidationError unless it is of that currency."""
        if self.currency != currency:
            raise ValidationError(f"This is {self.currency}, where it has to be {currency}.",
                                  path=("currency",), code="OTHER_CURRENCY")  # fmt: skip
        return self


def exact(text: str, path: str = "amount") -> Decimal:
    """The decimal number that a text writes out in digits, at most 18. Raises ValidationError."""
    few = len(text) <= MOST_DIGITS + 2  # with a sign and a point
    if not few or not _EXACT.fullmatch(text) or sum(map(str.isdigit, text)) > MOST_DIGITS:
        raise ValidationError("A decimal number is written as 1234.50, with 18 digits at most.",
                              path=(path,))  # fmt: skip
    return Decimal(text)


def percentage(rate: Decimal, path: str) -> Decimal:
    """The rate itself, in hundredths. Raises ValidationError for what is no share of a whole."""
    if not 0 <= rate <= 100 or -int(rate.normalize().as_tuple().exponent) > 4:
        raise ValidationError("A rate is 0 to 100 with at most 4 digits after the point.",
                              path=(path,))  # fmt: skip
    return rate


@cache
def digits(currency: str) -> int:
    """How many digits the currency has after the point, by CLDR. Raises ValidationError."""
    return get_currency_precision(known_currency(currency))


def known_currency(code: str) -> str:
    """The code itself. Raises ValidationError for one that is no currency's."""
    if code not in _currencies():
        raise ValidationError(f"{code[:10]!r} is not a currency of ISO 4217 such as EUR.",
                              path=("currency",))  # fmt: skip
    return code


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def ratio(part: int, whole: int) -> Decimal | None:
    """Part over whole to four digits after the point; None of nothing."""
    if whole == 0:
        return None
    return Decimal(_half_up(Fraction(part * 10_000, whole))).scaleb(-4)


def worked_sql(hourly: str, seconds: str, currency: str) -> str:
    """`Money.worked` as SQL, in minor units: for amounts of many rows at once. Not negative."""
    exact = f"{hourly} * {seconds} * {_by_digits_sql(currency, _minor_units)}"
    return f"div(2 * {exact} + {_SECONDS_AN_HOUR}, {2 * _SECONDS_AN_HOUR})"


def amount_sql(minor: str, currency: str) -> str:
    """`Money.amount` as SQL: minor units as an exact decimal number."""
    return f"({minor} * {_by_digits_sql(currency, _of_one)})"


def split_sql(rows: str, *, whole: str, weight: str, within: str, order: str) -> str:
    """`Money.split` as SQL: the rows, each with its `part` of the whole that all rows of one
    `within` share by weight. Whole and weights are whole numbers and not negative."""
    return f"""select s.*, s.share + case when row_number() over (
        partition by {within} order by s.rest desc, {order}
      ) <= {whole} - sum(s.share) over (partition by {within}) then 1 else 0 end as part
    from (
      select w.*, div({whole} * w.weight, w.weights) as share,
        mod({whole} * w.weight, w.weights) as rest
      from (
        select p.*, sum(p.weight) over (partition by {within}) as weights from (
          select r.*, case sum({weight}) over (partition by {within}) when 0 then 1
            else {weight} end::numeric as weight from ({rows}) r) p) w) s"""


def _minor_units(after: int) -> str:
    return str(10**after)


def _of_one(after: int) -> str:
    return f"{Decimal(1).scaleb(-after):f}"


def _by_digits_sql(currency: str, value: Callable[[int], str]) -> str:
    """What `value` makes of how many digits the currency has; nearly all have two."""
    cases = (f"when {currency} in ({those}) then {value(after)}"
             for after, those in _unusual_digits())  # fmt: skip
    return f"case {' '.join(cases)} else {value(2)} end"


@cache
def _unusual_digits() -> list[tuple[int, str]]:
    codes: dict[int, list[str]] = {}
    for code in sorted(_currencies()):
        codes.setdefault(digits(code), []).append(f"'{code}'")
    return [(after, ", ".join(those)) for after, those in sorted(codes.items()) if after != 2]


def _half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return -whole if exact < 0 else whole


def _fitting(minor: int, *path: str) -> int:
    """What is reckoned is no one value of the input: only what was sent has a `path`."""
    if abs(minor) >= 10**MOST_DIGITS:
        raise ValidationError(f"An amount has at most {MOST_DIGITS} digits.", path=path)
    return minor

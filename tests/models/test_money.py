"""Money: exact in, whole minor units within, rounded once, and nothing else taken for an amount."""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from models.errors import ValidationError
from models.money import MOST_DIGITS, Money, digits, exact

CURRENCIES = some.sampled_from(["GBP", "CHF", "JPY", "KWD"])
MINOR = some.integers(-(10**12), 10**12)
MONEY = some.builds(Money, MINOR, CURRENCIES)
RATES = some.decimals(0, 10_000, places=6, allow_nan=False)
SECONDS = some.integers(0, 31_622_400)


@given(MONEY)
def test_what_is_written_is_read_as_the_same_amount(money: Money) -> None:
    assert Money.of(exact(money.amount), money.currency) == money
    assert len(money.amount.partition(".")[2]) == digits(money.currency)


@given(MINOR, MINOR, CURRENCIES)
def test_plus_and_minus_are_those_of_whole_numbers(one: int, other: int, currency: str) -> None:
    a, b = Money(one, currency), Money(other, currency)
    assert (a + b).minor == one + other
    assert a + b - b == a
    assert a - b == -(b - a)


@given(MONEY, some.lists(some.integers(0, 10**6), min_size=1, max_size=50))
def test_parts_sum_to_the_whole_and_are_within_one_of_their_share(
    whole: Money, weights: list[int]
) -> None:
    parts = whole.split(weights)

    assert sum(part.minor for part in parts) == whole.minor
    assume(any(weights))
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(whole.minor * weight, sum(weights))) < 1


def test_what_is_left_goes_to_the_largest_remainders_the_earlier_first() -> None:
    assert [part.minor for part in Money(100, "GBP").split([1, 1, 1])] == [34, 33, 33]
    assert [part.minor for part in Money(-100, "GBP").split([1, 1, 1])] == [-34, -33, -33]
    assert [part.minor for part in Money(10, "GBP").split([1, 5, 0])] == [2, 8, 0]
    assert [part.minor for part in Money(5, "GBP").split([0, 0])] == [3, 2]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_a_whole_is_not_split_by_nothing_or_less(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        Money(1, "GBP").split(weights)


@given(RATES, SECONDS, CURRENCIES)
def test_time_at_a_rate_is_rounded_once_by_half_a_minor_unit_at_most(
    hourly: Decimal, seconds: int, currency: str
) -> None:
    value = Money.worked(hourly, seconds, currency)

    true = Fraction(hourly) * seconds / 3600 * 10 ** digits(currency)
    assert -Fraction(1, 2) <= true - value.minor < Fraction(1, 2)


@given(RATES, some.integers(0, 10_000))
def test_whole_hours_at_a_rate_in_minor_units_are_exact(hourly: Decimal, hours: int) -> None:
    cents = Decimal(int(hourly * 100)) / 100
    assert Money.worked(cents, hours * 3600, "GBP").minor == int(cents * 100) * hours


@pytest.mark.parametrize(
    ("minor", "ratio", "result"),
    [
        (5, "0.1", 1),
        (4, "0.1", 0),
        (-5, "0.1", -1),
        (15, "0.1", 2),
        (25, "0.1", 3),
        (100, "1", 100),
    ],
)
def test_a_half_goes_away_from_zero(minor: int, ratio: str, result: int) -> None:
    assert Money(minor, "GBP").times(Decimal(ratio)).minor == result
    assert Money(minor, "GBP").percent(Decimal(ratio) * 100).minor == result


def test_the_context_of_decimals_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 3
        assert Money.of(Decimal("123456789.12"), "GBP").minor == 12_345_678_912
        assert Money.worked(Decimal("123456.654321"), 3600, "GBP").minor == 12_345_665


@pytest.mark.parametrize(
    "text",
    ["", "1,00", "1e5", "1E5", "NaN", "Infinity", "-Infinity", " 1", "1 ", "+1", "1.", ".5", "1_000",
     "٣", "1٫5", "0x10", "--1", "1" * (MOST_DIGITS + 1), "0." + "1" * MOST_DIGITS, "9" * 400],
)  # fmt: skip
def test_what_is_no_number_written_out_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        exact(text)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (Decimal("1.005"), "GBP"), (Decimal("1.5"), "JPY"), (Decimal("1.0005"), "KWD"),
        (Decimal("NaN"), "GBP"), (Decimal("Infinity"), "GBP"), (Decimal(10**16), "GBP"),
        (Decimal(1), "gbp"), (Decimal(1), "ZZZ"), (Decimal(1), ""), (1.5, "GBP"), (1, "GBP"),
    ],
)  # fmt: skip
def test_what_is_no_amount_of_the_currency_is_refused(amount: Any, currency: str) -> None:
    with pytest.raises(ValidationError):
        Money.of(amount, currency)


def test_two_currencies_are_not_added_up() -> None:
    with pytest.raises(ValidationError) as refused:
        Money(1, "GBP") + Money(1, "CHF")
    assert refused.value.code == "OTHER_CURRENCY"
    with pytest.raises(ValidationError):
        Money(1, "GBP") - Money(1, "CHF")


def test_a_sum_has_no_more_digits_than_an_amount() -> None:
    most = Money(10**MOST_DIGITS - 1, "GBP")
    assert Money.of(exact(most.amount), "GBP") == most
    with pytest.raises(ValidationError):
        most + Money(1, "GBP")
    with pytest.raises(ValidationError):
        -most - Money(1, "GBP")
    with pytest.raises(ValidationError):
        most.times(Decimal(2))

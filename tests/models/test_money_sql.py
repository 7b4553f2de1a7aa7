"""Amounts of many rows at once: SQL rounds and splits as `Money` does, to the minor unit."""

import random
from decimal import Decimal

from models.money import Money, split_sql, worked_sql
from models.unit_of_work import reading
from tests.cast import Cast

CHANCE = random.Random(2026)


async def test_time_at_a_rate_is_worth_in_sql_what_money_says(cast: Cast) -> None:
    cases = [
        (Decimal(CHANCE.randrange(10**CHANCE.randrange(1, 13))).scaleb(-6),
         CHANCE.choice((0, 1, 900, CHANCE.randrange(86_401), 31_622_400)), code)
        for code in ("GBP", "JPY", "KWD", "CHF") for _ in range(500)
    ]  # fmt: skip
    cases.append((Decimal("0.18"), 100, "GBP"))  # half a penny
    async with reading(cast.harbour.ada) as unit:
        rows = await unit.fetch(
            f"select {worked_sql('hourly', 'seconds', 'currency')} as minor"
            " from unnest($1::numeric[], $2::bigint[], $3::text[]) x (hourly, seconds, currency)",
            *map(list, zip(*cases, strict=True)),
        )  # fmt: skip
    assert [row["minor"] for row in rows] == [Money.worked(*case).minor for case in cases]
    assert rows[-1]["minor"] == 1


async def test_a_whole_is_split_in_sql_as_money_splits_it(cast: Cast) -> None:
    wholes = [CHANCE.randrange(10 ** CHANCE.randrange(1, 18)) for _ in range(200)]
    weights = [
        [CHANCE.choice((0, 1, 1, CHANCE.randrange(10**15))) for _ in range(CHANCE.randrange(1, 8))]
        for _ in wholes
    ]
    cases = [(group, place, wholes[group], weight)
             for group, of_group in enumerate([*weights, [0, 0, 0]])
             for place, weight in enumerate(of_group)
             if group < len(wholes)]  # fmt: skip
    cases += [(len(wholes), place, 100, 0) for place in range(3)]
    rows_sql = (
        "select * from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[])"
        " x (number, place, whole, share_of)"
    )
    split = split_sql(rows_sql, whole="whole", weight="share_of", within="number", order="place")
    async with reading(cast.harbour.ada) as unit:
        rows = await unit.fetch(f"{split} order by number, place",
                                *map(list, zip(*cases, strict=True)))  # fmt: skip
    expected = [part.minor
                for whole, of_group in zip([*wholes, 100], [*weights, [0, 0, 0]], strict=True)
                for part in Money(whole, "GBP").split(of_group)]  # fmt: skip
    assert [row["part"] for row in rows] == expected
    assert expected[-3:] == [34, 33, 33]

"""Order keys: always room between two of them, never two alike, and never long."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.order_keys import between, many

INDEXABLE = 400
"""Characters of a key that every column keeps and every index takes."""

# Where to drop each card: a share of the way down the list as it then is.
drops = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=60)


def dropped(keys: list[str], share: float) -> str:
    """Drop a card into the list, and return its key."""
    place = round(share * len(keys))
    above = keys[place - 1] if place else None
    below = keys[place] if place < len(keys) else None
    keys.insert(place, between(above, below))
    return keys[place]


@given(drops)
def test_cards_dropped_anywhere_stand_where_they_were_dropped(shares: list[float]) -> None:
    keys: list[str] = []
    for share in shares:
        dropped(keys, share)
    assert all(low < high for low, high in pairwise(keys))
    assert all(re.fullmatch(r"[0-9A-Za-z]*[1-9A-Za-z]", key) for key in keys)


@given(drops, st.integers(1, 250))
def test_a_block_of_cards_keeps_together_and_leaves_room_within(
    shares: list[float], number: int
) -> None:
    keys: list[str] = []
    for share in shares:
        dropped(keys, share)
    one, other = many(number, max(keys)), many(number, max(keys))
    assert max(keys) < min(one)
    assert [*one] == sorted(set(one))
    assert max(one) < min(other) or max(other) < min(one)
    for low, high in pairwise(one):
        assert low < between(low, high) < high
    assert between(max(one), None) > max(one)


@settings(max_examples=25, deadline=None)
@given(drops)
def test_a_hundred_drops_into_one_gap_at_once_draw_a_hundred_keys(shares: list[float]) -> None:
    keys: list[str] = []
    for share in shares:
        dropped(keys, share)
    low, high = keys[0], keys[1] if len(keys) > 1 else None
    drawn = {between(low, high) for _ in range(100)}
    assert len(drawn) >= 99  # two meet once in three thousand times; then the id decides
    assert all(low < key and (high is None or key < high) for key in drawn)


@pytest.mark.parametrize("where", ["top", "bottom", "second", "last but one", "under the middle"])
def test_ten_thousand_drops_on_the_same_spot_leave_keys_short(where: str) -> None:
    top, middle, below, bottom = many(4, None)
    ends: dict[str, tuple[str | None, str | None]] = {
        "top": (None, top),
        "bottom": (bottom, None),
        "second": (top, middle),
        "last but one": (below, bottom),
        "under the middle": (middle, below),
    }
    above, under = ends[where]
    rises = where in ("bottom", "last but one")
    longest = 0
    for _ in range(10_000):
        key = between(above, under)
        above, under = (key, under) if rises else (above, key)
        longest = max(longest, len(key))
    assert longest < 40


def test_a_hundred_drops_between_the_two_dropped_last_stay_indexable() -> None:
    keys = many(2, None)
    for number in range(100):
        low, high = sorted(keys)
        keys = [between(low, high), (low, high)[number % 2]]
    assert max(map(len, keys)) < INDEXABLE


def test_nothing_lies_between_a_key_and_itself() -> None:
    (key,) = many(1, None)
    for low, high in ((key, key), (between(key, None), key)):
        with pytest.raises(ValueError, match="nothing lies between"):
            between(low, high)

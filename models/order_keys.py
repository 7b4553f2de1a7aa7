"""Fractional-index keys: an order that anyone can insert into without renumbering the rest.

Keys are text over 0-9A-Za-z, compared byte by byte. Two people who insert into the same gap at
the same moment draw different keys from it, so no lock is needed and no card is lost.
"""

from random import SystemRandom

from fractional_indexing import generate_key_between, generate_n_keys_between

_DRAWS = 24  # 2^24 keys in every gap: two of a hundred at once meet once in three thousand times
_random = SystemRandom()


def between(after: str | None, before: str | None) -> str:
    """A key above `after` and below `before`; None is the end of the list on that side."""
    key: str = generate_key_between(after, before)
    low, high = after, before
    for _ in range(_DRAWS):
        if _random.getrandbits(1):
            low = key
        else:
            high = key
        key = generate_key_between(low, high)
    return key


def at_end(last: str | None) -> str:
    """A key above `last` that leaves the list's growth at one digit a key."""
    following: str = generate_key_between(last, None)
    return between(following, generate_key_between(following, None))


def many(count: int, after: str | None) -> list[str]:
    """`count` keys in order, all above `after`."""
    return list(generate_n_keys_between(after, None, count))

"""Fractional-index keys: an order that anyone can insert into without renumbering the rest.

Keys are text over 0-9A-Za-z, compared byte by byte: the digits of a fraction. Two people who insert
into the same gap at the same moment draw different keys from it, so no lock is needed and no card
is lost. Dropping on the same spot for ever does not make keys long: a new key stands close to one
end of its gap and leaves nearly all of it free, to the other end's side at every next length.
"""

from random import SystemRandom

from fractional_indexing import generate_key_between

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_DRAWS = 2**24  # keys to draw from: two of a hundred at once meet once in three thousand times
_ROOM = 62**6  # how many keys of its length a gap must hold: thousands of draws from one side
_random = SystemRandom()


def between(after: str | None, before: str | None) -> str:
    """A key above `after` and below `before`; None is the end of the list on that side.

    At an end the whole numbers go on, so that lists grow there by a digit in millions of keys.
    """
    if after is not None and before is not None:
        return _drawn(after, before)
    if before is None:
        low = generate_key_between(after, None)
        return _drawn(low, generate_key_between(low, None))
    high = generate_key_between(None, before)
    return _drawn(generate_key_between(None, high), high)


def many(number: int, after: str | None) -> list[str]:
    """`number` keys in order, all above `after`; a block that others' keys do not come between."""
    first, width = between(after, None), len(_text(number))
    if number == 1:
        return [first]
    # A key never ends in 0: nothing would fit between it and the key without that 0.
    return [f"{first}{_text(place).rjust(width, '0')}V" for place in range(number)]


def _drawn(low: str, high: str) -> str:
    if low >= high:
        raise ValueError(f"nothing lies between {low} and {high}")
    floor = ceiling = length = 0
    while ceiling - floor <= _ROOM:
        floor = floor * 62 + _digit(low, length)
        ceiling = ceiling * 62 + _digit(high, length)
        length += 1
    step = 1 + _random.randrange(_DRAWS)
    up = length % 2 == 1
    drawn = floor + step if up else ceiling - step
    if drawn % 62 == 0:
        drawn += 1 if up else -1
    return _text(drawn).rjust(length, "0")


def _digit(key: str, place: int) -> int:
    return _VALUES[key[place]] if place < len(key) else 0


def _text(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return digits

"""How many random operations were asked, and how they went."""

from collections import Counter

COUNTS: Counter[str] = Counter(examples=0, different=0, fell_back=0)

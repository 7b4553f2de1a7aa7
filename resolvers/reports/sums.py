"""Adding figures up: seconds to seconds, amounts to amounts of their own currency."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.money import Money, ratio
from models.permissions import Permission
from models.unit_of_work import current

Sums = dict[str, Any]


class Figures:
    """The sums of rows that are alike but for their currency."""

    def __init__(self, counts: Iterable[str], amounts: Iterable[str]) -> None:
        self.counts = dict.fromkeys(counts, 0)
        self.amounts: dict[str, dict[str, int]] = {name: {} for name in amounts}

    def add(self, row: Mapping[str, Any]) -> None:
        for name in self.counts:
            self.counts[name] += int(row[name] or 0)
        for name, sums in self.amounts.items():
            minor = int(row[name] or 0)
            if minor:
                sums[row["currency"]] = sums.get(row["currency"], 0) + minor

    @property
    def row(self) -> Sums:
        """As what reads rows has it; amounts are None for who sees no billing."""
        shown = current().viewer.may(Permission.READ_BILLING)
        return self.counts | {
            name: [Money(sums[code], code).row for code in sorted(sums)] if shown else None
            for name, sums in self.amounts.items()
        }

    def share(self, part: str, whole: str) -> Any:
        """One amount over another, where both are of one currency; None for who sees no billing."""
        known = self.amounts[part].keys() | self.amounts[whole].keys()
        if len(known) != 1 or not current().viewer.may(Permission.READ_BILLING):
            return None
        (code,) = known
        return ratio(self.amounts[part].get(code, 0), self.amounts[whole].get(code, 0))

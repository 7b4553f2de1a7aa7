"""Where somebody stands: what they may see, as a value that is equal for those who see the same."""

from collections.abc import Hashable
from dataclasses import dataclass

from models.permissions import Role
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import cursors


@dataclass(frozen=True, slots=True)
class Standing:
    """What one may see (`sight`), which was so after event `seq`."""

    sight: "Sight"
    seq: int


@dataclass(frozen=True, slots=True)
class Sight:
    """All that makes a difference to what is shown: whoever has an equal one is told the same.

    `alone` is who they are, where that does; `trusted_with` the restricted clients they see.
    """

    rights: Hashable
    alone: Hashable = None
    trusted_with: frozenset[object] | None = None

    @property
    def is_by_roles(self) -> bool:
        """Whether one of them may come to see otherwise than the others, by a part at a client."""
        return self.trusted_with is not None


async def standing(*, personal: bool) -> Standing:
    """Where the unit of work's viewer stands; `personal` where what is asked depends on who asks.

    All in one snapshot: what changes it later has a higher number.
    """
    viewer, seq = current().viewer, (await cursors.head()).seq
    rights = (viewer.role, viewer.permissions)
    alone = _alone(viewer, personal=personal)
    if alone is not None or viewer.sees_restricted_clients:
        return Standing(Sight(rights, alone), seq)
    rows = await current().fetch(
        "select r.client_id from client_role r join client c"
        " on c.firm_id = r.firm_id and c.id = r.client_id"
        " where r.member_id = viewer_member() and r.until_date is null and c.restricted"
    )
    return Standing(Sight(rights, None, frozenset(row["client_id"] for row in rows)), seq)


def _alone(viewer: Viewer, *, personal: bool) -> Hashable:
    if viewer.contact_id is not None:
        return viewer.contact_id
    return viewer.member_id if personal or viewer.role is Role.CONTRACTOR else None

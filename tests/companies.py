"""Which tests run in one process when `make test` uses both cores."""

from xdist.scheduler import LoadFileScheduling

_SHARE_THE_DEMO = ("tests/journeys/", "tests/resolvers/demo/")


class Companies(LoadFileScheduling):  # type: ignore[misc]  # xdist says no types
    """A file's tests stay together, and so do all for whom the demo firms are made: what is
    costly to make is made once. (xdist 3.8 cannot read its own groups under pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_SHARE_THE_DEMO):
            return "demo"
        return str(super()._split_scope(nodeid))

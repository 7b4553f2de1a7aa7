"""How many files one may have open: each screen is one, here and at the server."""

import resource

_BESIDES = 500
"""What a server has open besides: its database, its modules, the screens of a moment ago."""


def room_for(screens: int) -> int:
    """How many screens may be opened, at most so many: raises what this process and those it
    starts are allowed as far as that goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = screens + _BESIDES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return screens if soft == resource.RLIM_INFINITY else min(screens, soft - _BESIDES)

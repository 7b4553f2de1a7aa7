"""Run as a script by root: becomes an ordinary account, then the program it was asked to run.

PostgreSQL refuses to run as root. An ordinary account, though, may not reach a checkout below a
private home folder. Instead of opening such folders to everybody, the one capability to walk
through them is kept where it is needed (Linux). Imports the standard library alone, and is run
without site packages, so that it costs a few milliseconds.
"""

import ctypes
import os
import sys

_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
_CAPABILITY_VERSION = 0x20080522
# Reading alone is preferred; a container that has taken it away may still have the wider one.
_MAY_WALK_THROUGH = (2, 1)  # CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE


def become(uid: int, gid: int, *, reaching: bool) -> None:
    """Give up root for good; `reaching` keeps the capability to walk through private folders."""
    kept = _permitted() if reaching else None
    if kept is not None:
        _kernel("prctl", _PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if kept is not None:
        _keep(kept)


def _permitted() -> int | None:
    with open("/proc/self/status") as status:  # noqa: PTH123 - pathlib would double the time taken
        line = next(line for line in status if line.startswith("CapPrm:"))
    permitted = int(line.split()[1], 16)
    return next((cap for cap in _MAY_WALK_THROUGH if permitted >> cap & 1), None)


def _keep(capability: int) -> None:
    mask = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    # Twice (effective, permitted, inheritable): the low 32 capabilities, then the high ones.
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    _kernel("capset", header, sets)
    _kernel("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def _kernel(call: str, *args: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    plain = [ctypes.c_ulong(arg) if isinstance(arg, int) else arg for arg in args]
    if getattr(libc, call)(*plain) != 0:
        raise OSError(ctypes.get_errno(), f"{call} was refused")


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), reaching=sys.argv[3] == "reaching")
    os.execv(sys.argv[4], sys.argv[4:])

"""Who runs on which core: the measured server has one to itself, everything else another.

Without that the load generator and the database take time from what is measured, a different
amount every second.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil


def pinned() -> tuple[int, int] | tuple[None, None]:
    """The server's core and everybody else's; None where the system cannot or has but one."""
    process = psutil.Process()
    allowed = process.cpu_affinity() if hasattr(process, "cpu_affinity") else []
    return (allowed[0], allowed[1]) if len(allowed) > 1 else (None, None)


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """What is started inside stays on this core; None changes nothing."""
    if core is None:
        yield
        return
    process = psutil.Process()
    before = process.cpu_affinity()
    process.cpu_affinity([core])
    try:
        yield
    finally:
        process.cpu_affinity(before)


def used(pid: int) -> float:
    """Seconds of a core that a server has used, and whatever it has started."""
    server = psutil.Process(pid)
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def busy(core: int | None) -> float:
    """Seconds that this core has been at work, or one of all on the average."""
    each = psutil.cpu_times(percpu=True)
    those = each if core is None else [each[core]]
    at_work = (one.user + one.system + getattr(one, "softirq", 0) for one in those)
    return sum(at_work) / len(those)

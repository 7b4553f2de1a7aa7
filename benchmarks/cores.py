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

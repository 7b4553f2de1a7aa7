"""What a command shows while it works: on standard error, so that results stay alone."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Advance = Callable[[int, int], None]
"""Told how many of how many are done."""


def console_on(*, stderr: bool) -> Console:
    """Where lines for people go; a pipe gets each of them whole, however long it is."""
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, width=None if terminal else 10_000)


console = console_on(stderr=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what is being done, and afterwards how long it took. Pipes get plain lines."""
    began = time.monotonic()
    if console.is_terminal:
        with console.status(doing):
            yield
    else:
        console.print(f"{doing} …")
        yield
    if console.is_terminal:
        console.print(f"[green]✓[/] {doing} [dim]{time.monotonic() - began:.1f} s[/]")


@contextmanager
def bar(doing: str) -> Iterator[Advance]:
    """A step that knows how far it has come. Pipes get a line at each quarter."""
    if not console.is_terminal:
        yield _quarters(doing)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    began = time.monotonic()
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task(doing, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
    console.print(f"[green]✓[/] {doing} [dim]{time.monotonic() - began:.1f} s[/]")


def _quarters(doing: str) -> Advance:
    console.print(f"{doing} …")
    told = 0

    def advance(done: int, total: int) -> None:
        nonlocal told
        quarter = 4 * done // total if total else 0
        if quarter > told:
            told = quarter
            console.print(f"{doing}: {25 * quarter} %")

    return advance

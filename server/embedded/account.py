"""Which account the embedded servers run as: this one, or an ordinary one when this is root."""

import os
import pwd
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from server.cannot_start import CannotStart

_BECOME = Path(__file__).with_name("become.py")


@dataclass(frozen=True)
class Account:
    """Somebody for whom a server runs; `elsewhere` when that is not who we are."""

    name: str
    uid: int
    gid: int
    elsewhere: bool

    def command(self, command: list[str], *, reaching: list[Path]) -> list[str]:
        """The command line that runs `command` as this account, able to reach those paths.

        Raises CannotStart where a private folder stands in the way and cannot be walked through.
        """
        if not self.elsewhere:
            return command
        walls = [wall for path in reaching if (wall := self.wall_before(path))]
        if walls and not sys.platform.startswith("linux"):
            raise CannotStart(
                f"The servers run as {self.name} and cannot enter {walls[0]}: choose another "
                "folder with --data, or run OpenPractice as an ordinary user."
            )
        how = "reaching" if walls else "plain"
        alone = [sys.executable, "-I", "-S", str(_BECOME), str(self.uid), str(self.gid), how]
        return [*alone, *command]

    def wall_before(self, path: Path) -> Path | None:
        """The first folder on the way to `path` that this account may not walk through."""
        for folder in reversed(path.resolve().parents):
            status = folder.stat()
            if not status.st_mode & self._walking(status):
                return folder
        return None

    def _walking(self, status: os.stat_result) -> int:
        if status.st_uid == self.uid:
            return stat.S_IXUSR
        return stat.S_IXGRP if status.st_gid == self.gid else stat.S_IXOTH

    def own(self, path: Path) -> None:
        """Hand a file or folder to this account."""
        if self.elsewhere:
            os.chown(path, self.uid, self.gid)


def account_for(folder: Path) -> Account:
    """Who runs the servers of `folder`: this user; for root the nearest ordinary owner or `nobody`.

    Nearest means: of the folder, or of a folder above it that is not root's own.
    """
    if os.geteuid() != 0:
        return _account(os.geteuid()) or _nameless()
    above = [place for place in (folder, *folder.parents) if place.exists()]
    owners = [place.stat().st_uid for place in above]
    ordinary = next((found for uid in owners if uid and (found := _account(uid))), None)
    return ordinary or _nobody()


def _account(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_name, uid, entry.pw_gid, elsewhere=uid != os.geteuid())


def _nobody() -> Account:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise CannotStart(
            "PostgreSQL does not run as root and this system has no user `nobody`: "
            "run OpenPractice as an ordinary user, or set DATABASE_URL."
        ) from error
    return Account("nobody", entry.pw_uid, entry.pw_gid, elsewhere=True)


def _nameless() -> Account:
    raise CannotStart(
        f"The user number {os.geteuid()} has no name on this system and PostgreSQL insists on one: "
        "run OpenPractice as a named user, or set DATABASE_URL."
    )

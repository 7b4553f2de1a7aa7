"""The one folder in which everything lives that the embedded servers keep."""

import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from server.cannot_start import CannotStart

_LOGINS = ("postgres", "openpractice_migrate", "openpractice", "redis", "s3")
# Those that folders of earlier versions lack: nothing was kept behind them before.
_LATER = ("s3",)
_ELSEWHERE = "choose another folder with --data"


@dataclass(frozen=True)
class Folder:
    """`--data DIR`: passwords, the PostgreSQL cluster, logs, and who is using it now.

    Root's folder is owned by root but may be walked through; the cluster inside belongs to the
    account that runs the servers, the passwords to whoever runs the command, closed to all others.
    """

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def unfinished_cluster(self) -> Path:
        return self.path / "postgres.unfinished"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def s3(self) -> Path:
        return self.path / "s3"

    @property
    def claim(self) -> Path:
        return self.path / "claim"

    @property
    def first_start(self) -> Path:
        """There until the first start has come to its end: what it has made so far counts for
        nothing and is made again."""
        return self.path / "first-start"

    def log(self, name: str) -> Path:
        return self.path / f"{name}.log"

    @property
    def _passwords(self) -> Path:
        return self.path / "passwords.json"

    @classmethod
    def at(cls, path: Path) -> "Folder":
        """The folder, made if need be, and open for a claim.

        Raises CannotStart when it cannot be written or holds something that is not ours.
        """
        folder = cls(path.expanduser().absolute())
        try:
            folder.path.mkdir(
                mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True
            )
            folder._refuse_what_is_not_ours()
            folder.claim.touch(mode=0o600)
        except (FileExistsError, NotADirectoryError) as error:
            raise CannotStart(f"{folder.path} is not a folder: {_ELSEWHERE}.") from error
        except OSError as error:
            raise CannotStart(
                f"The data folder {folder.path} cannot be used"
                f" ({(error.strerror or 'unknown reason').lower()}): {_ELSEWHERE}."
            ) from error
        return folder

    def _refuse_what_is_not_ours(self) -> None:
        if self._passwords.exists() or self.cluster.exists():
            return
        ours = {self.claim, self.first_start, self._passwords.with_suffix(".json.draft")}
        if any(entry not in ours for entry in self.path.iterdir()):
            raise CannotStart(
                f"{self.path} is neither empty nor a folder that OpenPractice has made:"
                f" {_ELSEWHERE}."
            )

    def furnish(self) -> None:
        """Write what a new folder needs; called by the one who holds the claim."""
        if self.unfinished_cluster.exists():
            shutil.rmtree(self.unfinished_cluster)
        if not self._passwords.exists() and not self.cluster.exists():
            self.first_start.touch()
            generated = {login: secrets.token_urlsafe(24) for login in _LOGINS}
            _write_privately(self._passwords, json.dumps(generated, indent=2))
        else:
            self._complete_passwords()

    def _complete_passwords(self) -> None:
        """Give a folder of an earlier version the passwords that it has never had."""
        try:
            known = json.loads(self._passwords.read_text())
            missing = [login for login in _LATER if login not in known]
        except (OSError, ValueError, TypeError):
            return  # `passwords` says what is wrong with the file
        if missing:
            known |= {login: secrets.token_urlsafe(24) for login in missing}
            _write_privately(self._passwords, json.dumps(known, indent=2))

    def empty(self) -> None:
        """Delete what was made in it, by name: the folder may hold other people's things too.
        Called by the one who holds the claim, which stays for those who wait for it."""
        for kept in (self.cluster, self.unfinished_cluster, self.redis, self.s3):
            if kept.exists():
                shutil.rmtree(kept)
        logs = (self.log(name) for name in ("postgres", "redis", "s3"))
        for file in (*logs, self._passwords, self.first_start):
            file.unlink(missing_ok=True)

    def passwords(self) -> dict[str, str]:
        """The generated passwords by login. Raises CannotStart when the file is missing, closed
        to this user, or damaged."""
        try:
            known = json.loads(self._passwords.read_text())
            return {login: str(known[login]) for login in _LOGINS}
        except OSError as error:
            wrong = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        except (ValueError, KeyError, TypeError):
            wrong = "is damaged"
        raise CannotStart(
            f"{self._passwords} {wrong}, and without it nobody can sign in to the database there: "
            f"put it back, or {_ELSEWHERE}."
        )


def _write_privately(path: Path, text: str) -> None:
    """Write a file that its owner alone may read, whole or not at all."""
    draft = path.with_suffix(path.suffix + ".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

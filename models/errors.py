"""What can be refused, and how it is said: one family, each member with a stable code."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class PracticeError(Exception):
    """A refusal that a person can understand and act on; everything else is a fault of ours."""

    code = "REFUSED"

    def __init__(self, message: str, *, path: Sequence[str] = (), code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = tuple(path)
        self.code = code or self.code


@contextmanager
def inside(*part: str) -> Iterator[None]:
    """What is refused in here concerns something within this part of the input."""
    try:
        yield
    except PracticeError as refused:
        refused.path = (*part, *refused.path)
        raise


class ValidationError(PracticeError):
    """A value that was sent does not fit; `path` names it."""

    code = "INVALID"


class NotFound(PracticeError):
    """Nothing by that id that this viewer may know of: unknown, foreign and hidden look alike."""

    code = "NOT_FOUND"

    def __init__(self, thing: str, *, path: Sequence[str] = ("id",)) -> None:
        super().__init__(f"There is no such {thing}.", path=path)


class Forbidden(PracticeError):
    """The viewer can see the thing but may not do this to it."""

    code = "FORBIDDEN"


class Unauthenticated(PracticeError):
    """Nobody is signed in."""

    code = "UNAUTHENTICATED"

    def __init__(self, message: str = "Sign in first.") -> None:
        super().__init__(message)


class Conflict(PracticeError):
    """Somebody else changed the same fields first; `version` is where the thing stands now."""

    code = "CONFLICT"

    def __init__(
        self,
        message: str,
        *,
        path: Sequence[str] = (),
        version: int | None = None,
        changed_fields: Sequence[str] = (),
        code: str | None = None,
    ) -> None:
        super().__init__(message, path=path, code=code)
        self.version = version
        self.changed_fields = tuple(changed_fields)


class Locked(PracticeError):
    """A rule of the practice holds the thing as it is: open steps, a review, a closed period."""

    code = "LOCKED"


class Overloaded(PracticeError):
    """No database connection came free in time; safe to try again."""

    code = "OVERLOADED"

    def __init__(self) -> None:
        super().__init__("The server is busy. Nothing was changed; try again in a moment.")


class Unavailable(PracticeError):
    """The database went away; whether the change was made is told by the idempotency key."""

    code = "UNAVAILABLE"

    def __init__(self, message: str = "The database cannot be reached. Try again soon.") -> None:
        super().__init__(message)

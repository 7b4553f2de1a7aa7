"""What an import says when it cannot go on: about a whole file, or about one row of it."""

from models.errors import ValidationError


class FileRefused(ValidationError):
    """The file as a whole cannot be imported; nothing of it was."""

    def __init__(self, message: str) -> None:
        super().__init__(message, path=("file",), code="FILE_REFUSED")


class RowRefused(Exception):
    """One row cannot be imported; the message ends up beside the row's number in the report."""

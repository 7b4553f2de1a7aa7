"""One log: lines for people in development, JSON in production, from our code and libraries."""

import logging
import sys

import asyncpg
import structlog

from models.connection import LOST
from server.settings import Settings


def log_beside_the_answer() -> None:
    """Until the settings are known, and in commands that never log otherwise: what a command prints
    may go straight into another one, so what is logged goes to standard error."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def configure_logs(settings: Settings) -> None:
    """Send structlog and the standard library's loggers through the same few steps."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # Starting, stopping and every connection are the launcher's to tell, or nobody's.
    for name in ("uvicorn", "uvicorn.error", "asyncio", "websockets", "pgqueuer"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # They warn at each try while the database is away, and where in them that was helps nobody.
    for name in ("asyncpg.pool", "pgqueuer"):
        logging.getLogger(name).addFilter(_without_traceback_of_what_is_away)


def _without_traceback_of_what_is_away(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], (*LOST, asyncpg.InterfaceError)):
        record.exc_info = None
    return True


def _rendering(settings: Settings) -> list[structlog.typing.Processor]:
    if settings.environment == "production":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # The default would print every frame's local variables: tokens and passwords among them.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]

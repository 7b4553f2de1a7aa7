"""The mailer's adapters: an SMTP server, in development an inbox to look into, else nobody.

The log says that a letter went or did not go, never to whom or what was in it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from models.mail import Letter, NoPost

log = structlog.get_logger("openpractice.mail")

_PAUSES = (1, 10)  # seconds between one try and the next
_WAITING = 1_000
_GOODBYE_SECONDS = 5


class Inbox:
    """Keeps the latest letters in this process, for /dev/mail: nothing leaves the machine."""

    def __init__(self, site: str, most: int = 50) -> None:
        self.site = site
        self.letters: deque[Letter] = deque(maxlen=most)

    def post(self, letter: Letter) -> None:
        self.letters.appendleft(letter)


class Undelivered(NoPost):
    """A production server that was told no SMTP_URL: it says so for each letter."""

    def post(self, letter: Letter) -> None:  # noqa: ARG002
        log.error("letter not sent", reason="SMTP_URL is not set")


class Smtp:
    """Hands letters to an SMTP server, one after the other, while `open`."""

    def __init__(
        self, url: str, sender: str, site: str, *, pauses: Sequence[float] = _PAUSES
    ) -> None:
        self.site = site
        self._pauses = pauses
        self._sender = sender
        self._server = urlsplit(url)
        self._waiting: asyncio.Queue[Letter] = asyncio.Queue(_WAITING)

    def post(self, letter: Letter) -> None:
        if self._waiting.full():
            log.error("letter not sent", reason="too many are waiting")
        else:
            self._waiting.put_nowait(letter)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Deliver as long as the block runs, and for a moment after."""
        delivering = asyncio.create_task(self._deliver_all(), name="mail")
        try:
            yield
            with suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE_SECONDS):
                    await self._waiting.join()
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)

    async def _deliver_all(self) -> None:
        while True:
            letter = await self._waiting.get()
            try:
                await self._deliver(letter)
            finally:
                self._waiting.task_done()

    async def _deliver(self, letter: Letter) -> None:
        for pause in (*self._pauses, None):
            try:
                await self._send(as_mail(letter, self._sender))
            except (aiosmtplib.SMTPException, OSError) as error:
                log.warning("letter not taken", reason=type(error).__name__)
            except Exception as fault:  # one letter that cannot be written keeps no other back
                log.exception("letter not sent", exc_info=fault)
                return
            else:
                log.info("letter sent")
                return
            if pause is not None:
                await asyncio.sleep(pause)
        log.error("letter not sent", reason="the server took it at no try")

    async def _send(self, mail: EmailMessage) -> None:
        to = self._server
        secret = unquote(to.password) if to.password else None
        await aiosmtplib.send(
            mail, hostname=to.hostname, port=to.port,
            username=unquote(to.username) if to.username else None, password=secret,
            use_tls=to.scheme == "smtps",
            # A password never travels in clear; without one, TLS is taken where it is offered.
            start_tls=True if secret and to.scheme != "smtps" else None,
            timeout=20,
        )  # fmt: skip


def as_mail(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it travels: from our address, in the firm's name."""
    mail = EmailMessage()
    mail["From"] = formataddr((letter.sender, sender))
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail

"""/dev/mail: in development, the letters that a mail server would have been given.

Each server process keeps those that it wrote itself. The page looks again by itself, for a letter
is written after the answer that promises it.
"""

import re
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from models.mail import Letter
from server.mail import Inbox

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>Letters · OpenPractice</title>
<link rel="icon" href="/assets/web/pages/icon.svg" type="image/svg+xml">
<h1>Letters</h1>
<p>Written by this server in development and sent to nobody; the latest first.</p>
{letters}
</html>
"""


def route(inbox: Inbox) -> Route:
    """The page of this inbox."""

    async def show(_: Request) -> Response:
        letters = "\n".join(map(_shown, inbox.letters)) or "<p>None so far.</p>"
        return HTMLResponse(_PAGE.format(letters=letters), headers={"cache-control": "no-store"})

    return Route("/dev/mail", show, methods=["GET"])


def _shown(letter: Letter) -> str:
    text = re.sub(r"(https?://[^\s<>&]+)", r'<a href="\1">\1</a>', escape(letter.text))
    return (
        f"<article><h2>{escape(letter.subject)}</h2>"
        f"<p>From {escape(letter.sender)} to {escape(letter.to)}</p><pre>{text}</pre></article>"
    )

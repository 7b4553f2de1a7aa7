"""What a firm writes to a client's contact about the portal."""

from datetime import date

from babel.dates import format_date

from models.clients import Client
from models.firms import Firm
from models.mail import Letter, on_one_line

DOOR = "/portal/sign-in"
HOME = "/portal"


def invitation(*, to: str, name: str, firm: Firm, client: Client, site: str) -> Letter:
    """That the portal is open; with no secret in it, because it may be read any time later."""
    sender = on_one_line(firm.name)
    return Letter(to, sender, f"{sender} invites you to its client portal", f"""\
Dear {on_one_line(name)},

{sender} has opened its client portal to you, for {on_one_line(client.name)}.

Sign in with this e-mail address whenever you like, without a password:

{site}{DOOR}

Kind regards
{sender}
""")  # fmt: skip


def sign_in_link(*, to: str, name: str, firm: Firm, token: str, site: str) -> Letter:
    """The way in. The secret stands behind the #: it never reaches a server's log."""
    sender = on_one_line(firm.name)
    return Letter(to, sender, f"Your sign-in link for {sender}", f"""\
Dear {on_one_line(name)},

here is your link to the client portal of {sender}:

{site}{DOOR}#{token}

It works once, within 15 minutes. If you did not ask for it, nothing needs to be done: without
this mail nobody can use it.

Kind regards
{sender}
""")  # fmt: skip


def request_made(
    *, to: str, name: str, firm: Firm, client: str, title: str, due_date: date | None, site: str
) -> Letter:
    """That something is asked of them. What exactly stands in the portal, not in a mail."""
    sender, asked = on_one_line(firm.name), on_one_line(title)
    until = "" if due_date is None else (
        f", by {format_date(due_date, 'd MMMM yyyy', locale='en_GB')}"
    )  # fmt: skip
    return Letter(to, sender, f"{sender} needs something from you: {asked}", f"""\
Dear {on_one_line(name)},

{sender} asks you for something, for {on_one_line(client)}{until}:

{asked}

See what it is, and send it, in the client portal:

{site}{HOME}

Kind regards
{sender}
""")  # fmt: skip


def message_waits(*, to: str, name: str, firm: Firm, client: str, site: str) -> Letter:
    """That somebody of the firm wrote. What they wrote stands in the portal, not in a mail."""
    sender = on_one_line(firm.name)
    return Letter(to, sender, f"A message from {sender} waits for you", f"""\
Dear {on_one_line(name)},

{sender} has written to you, about {on_one_line(client)}. Read it, and answer, in the client portal:

{site}{HOME}

Kind regards
{sender}
""")  # fmt: skip


def sent_back(*, to: str, name: str, firm: Firm, client: str, title: str, site: str) -> Letter:
    """That something they sent is needed once more. What, and why, stands in the portal."""
    sender, asked = on_one_line(firm.name), on_one_line(title)
    return Letter(to, sender, f"{sender} needs something again: {asked}", f"""\
Dear {on_one_line(name)},

{sender} has looked at what you sent for {on_one_line(client)}, and needs some of it once more:

{asked}

See what, and why, in the client portal:

{site}{HOME}

Kind regards
{sender}
""")  # fmt: skip

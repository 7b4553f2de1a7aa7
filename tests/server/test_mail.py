"""Letters leave by a real SMTP server, or can be looked into where there is none."""

from typing import Any

import httpx
from starlette.applications import Starlette

from models.mail import Letter
from server import dev_mail
from server.app import create_app
from server.mail import Inbox, Smtp, Undelivered
from server.settings import Settings
from tests.server.letterbox import letterbox

SITE = "https://portal.example"
LINK = f"{SITE}/portal/sign-in#op_link_{'x' * 60}"
LETTER = Letter("kit@bakery.example", "Bäcker & Söhne", "Ihr Zugang", f"Guten Tag\n\n{LINK}\n")


def smtp(port: int, login: str = "", **more: Any) -> Smtp:
    return Smtp(f"smtp://{login}127.0.0.1:{port}", "post@office.example", SITE, **more)


async def test_a_letter_arrives_word_for_word_in_the_firms_name() -> None:
    async with letterbox() as box:
        mailer = smtp(box.port)
        async with mailer.open():
            mailer.post(LETTER)
            mail = await box.next()
    assert mail["From"] == "Bäcker & Söhne <post@office.example>"
    assert (mail["To"], mail["Subject"]) == ("kit@bakery.example", "Ihr Zugang")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == LETTER.text.splitlines()


async def test_a_busy_server_is_asked_again_and_a_stopping_one_still_sends() -> None:
    async with letterbox(busy=2) as box:
        mailer = smtp(box.port, pauses=(0, 0))
        async with mailer.open():
            mailer.post(LETTER)
        assert (await box.next())["To"] == LETTER.to


async def test_a_letter_that_cannot_go_keeps_no_other_back(logged: list[Any]) -> None:
    async with letterbox(busy=1) as box:
        mailer = smtp(box.port, pauses=())
        async with mailer.open():
            mailer.post(LETTER)
            mailer.post(Letter("kim@mill.example", "Two\nlines", "Bcc: all", "No"))
            mailer.post(Letter("kim@mill.example", "Firm", "Second", "Yes"))
            assert (await box.next())["Subject"] == "Second"
    assert [entry["event"] for entry in logged].count("letter not sent") == 2
    assert LETTER.to not in str(logged)
    assert LINK not in str(logged)


async def test_a_password_never_travels_in_clear() -> None:
    async with letterbox() as box:
        mailer = smtp(box.port, "login:secret@", pauses=())
        async with mailer.open():
            mailer.post(LETTER)
    assert box.letters.empty()
    assert not {"AUTH", "MAIL"} & set(box.commands)


async def test_a_production_server_without_smtp_says_that_it_sends_nothing(
    logged: list[Any],
) -> None:
    Undelivered().post(LETTER)
    assert logged == [
        {"event": "letter not sent", "reason": "SMTP_URL is not set", "log_level": "error"}
    ]


async def page_of(app: Starlette) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://practice.test") as client:
        return await client.get("/dev/mail")


async def test_in_development_letters_are_looked_into_their_links_ready_to_be_followed() -> None:
    inbox = Inbox(SITE)
    inbox.post(LETTER)
    inbox.post(Letter("a@b.example", "<script>", "<b>", 'http://x.example/"onclick="'))
    page = (await page_of(Starlette(routes=[dev_mail.route(inbox)]))).text
    assert f'<a href="{LINK}">{LINK}</a>' in page
    assert "From Bäcker &amp; Söhne to kit@bakery.example" in page
    assert "<script>" not in page
    assert 'onclick="' not in page


async def test_only_a_server_in_development_that_has_no_smtp_shows_letters() -> None:
    shown = Settings(database_url="postgresql://localhost/x")
    sent = shown.with_(smtp_url="smtp://localhost")
    production = shown.with_(environment="production")
    statuses = [(await page_of(create_app(settings))).status_code
                for settings in (shown, sent, production)]  # fmt: skip
    assert statuses == [200, 404, 404]

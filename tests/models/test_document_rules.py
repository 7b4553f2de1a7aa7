"""What a document may be called and what is never taken, before any byte is sent."""

from typing import Any

import pytest

from models.documents import Document, names
from models.documents.examination import Verdict
from models.errors import NotFound, PracticeError, ValidationError
from models.unit_of_work import unit_of_work
from resolvers import documents
from tests.cast import Cast
from tests.filing import File
from tests.verify import verify_refusal


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("size", {"size": 0}),
        ("size", {"size": 100 * 1024 * 1024 + 1}),
        ("mediaType", {"media_type": "text/html"}),
        ("mediaType", {"media_type": "image/svg+xml"}),
        ("sha256", {"sha256": "A" * 64}),
        ("name", {"name": "../../x"}),
        ("name", {"name": "C:\\x"}),
        ("name", {"name": "x.pdf\r\nSet-Cookie: a"}),
        ("name", {"name": ".htaccess"}),
        ("name", {"name": "fdp\u202ecod.exe"}),
        ("name", {"name": "x" * 10_000}),
        ("name", {"name": ""}),
        ("name", {"name": "invoice.exe"}),
        ("name", {"name": "run.bat ", "media_type": "text/plain"}),
        ("name", {"name": "invoice.exe."}),
        ("name", {"name": "invoice.settingcontent-ms"}),
    ],
)
async def test_what_is_never_taken_is_refused_before_anything_is_sent(
    cast: Cast, path: str, file: dict[str, Any]
) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path=path):
        await Document.announce(client_id=house.bakery, **{**File().said, **file})


@pytest.mark.parametrize("name", ["Deeds", "Deeds v1.2", "Deeds of S.A.", "Deeds.PDF", "Dr. Deed"])
async def test_a_name_without_an_ending_or_with_a_fitting_one_is_taken(
    cast: Cast, name: str
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        made = await Document.announce(client_id=house.bakery, **{**File().said, "name": name})
    assert made.name == name


def test_a_name_is_kept_in_composed_form() -> None:
    assert names.checked("Cafe\u0301.pdf") == "Caf\u00e9.pdf"


async def test_the_database_itself_keeps_harmful_names_and_exchanged_verdicts_out(
    cast: Cast, as_owner: Any
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        document = await Document.announce(client_id=house.bakery, **File().said)
        await document.settle(Verdict(refusal="No."))
    for change in ("name = '../x'", "name = E'a\\u202eb'", "state = 'clean'", "sha256 = repeat('0', 64)",
                   "storage_key = 'files/x', state = 'clean', refusal = null"):  # fmt: skip
        with pytest.raises(Exception, match=r"check|examined"):
            await as_owner.execute(f"update document set {change} where id = $1", document.id)


async def test_a_job_of_another_client_and_a_client_that_is_hidden_are_refused(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path="jobId"):
        await Document.announce(client_id=house.bakery, job_id=house.year_end, **File().said)
    async with verify_refusal(house, house.dan, NotFound, path="clientId"):
        await Document.announce(client_id=house.vault, **File().said)


async def test_a_process_without_a_store_says_so(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, PracticeError, code="NO_FILE_STORE"):
        await documents.start_upload(client_id=house.bakery, **File().said)

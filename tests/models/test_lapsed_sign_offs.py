"""A sign-off lapses at the act that changes the work, by an event of its own beside it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from models.documents import Document
from models.documents.examination import Verdict
from models.errors import Locked
from models.events import EventKind
from models.files import FILES
from models.jobs import Job
from models.requests import ItemKind, Request, RequestItem
from models.reviews import Review, decide_review
from models.reviews.asking import request_review
from models.tasks import Task
from models.unit_of_work import current, reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import Cast, House
from tests.filing import File
from tests.verify import verify_action, verify_refusal


async def sign_off(house: House) -> None:
    """Dan has drafted the year end, with an appendix to come, and Eve found it good."""
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
        await Task.add(title="Appendix", job_id=house.year_end)
        await request_review(await Job.load(house.year_end), house.eve.id)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def appendix(house: House) -> Task:
    id = await current().fetchval(
        "select id from task where job_id = $1 and title = 'Appendix'", house.year_end
    )
    return await Task.load(id)


async def reopen(house: House) -> None:
    await (await Task.load(house.draft)).reopen()


async def begin_again(house: House) -> None:
    await (await Task.load(house.draft)).move(status=WorkCategory.IN_PROGRESS)


async def add(house: House) -> None:
    await Task.add(title="Late", job_id=house.year_end)


async def cancel(house: House) -> None:
    await (await appendix(house)).move(status=WorkCategory.CANCELLED)


async def take_away(house: House) -> None:
    await (await appendix(house)).remove()


async def finish(house: House) -> None:
    """Dan completes whatever step is open."""
    async with unit_of_work(house.dan) as unit:
        for row in await unit.fetch(
            "select id from task where job_id = $1 and status not in ('done', 'cancelled')"
            " order by id", house.year_end,
        ):  # fmt: skip
            await (await Task.load(row["id"])).complete()


Act = Callable[[House], Awaitable[None]]


@pytest.mark.parametrize(
    ("act", "kind", "lapse"),
    [
        (reopen, EventKind.TASK_REOPENED, "“Draft” was reopened"),
        (begin_again, EventKind.TASK_REOPENED, "“Draft” was reopened"),
        (add, EventKind.TASK_CREATED, "“Late” was added"),
        (cancel, EventKind.TASK_MOVED, "“Appendix” was cancelled"),
        (take_away, EventKind.TASK_DELETED, "“Appendix” was taken away"),
    ],
)
async def test_what_changes_the_steps_ends_the_sign_off_and_says_why(
    cast: Cast, act: Act, kind: EventKind, lapse: str
) -> None:
    house = cast.harbour
    await sign_off(house)
    async with verify_action(house, house.dan) as action:
        await act(house)
    assert action.kinds == [kind, EventKind.REVIEW_LAPSED]
    told = action.only(EventKind.REVIEW_LAPSED)["payload"]
    assert told["state"] == ["signed_off", "lapsed"]
    assert told["lapse"] == [None, lapse]
    await finish(house)
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_LAPSED") as refusal:
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    assert lapse in refusal.error.message


async def test_what_was_to_come_when_it_was_signed_off_is_done_under_the_sign_off(
    cast: Cast,
) -> None:
    house = cast.harbour
    await sign_off(house)
    async with verify_action(house, house.dan) as action:
        await (await appendix(house)).move(status=WorkCategory.IN_PROGRESS)
        await (await appendix(house)).complete()
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    assert EventKind.REVIEW_LAPSED not in action.kinds
    assert action.kinds[-1] == EventKind.JOB_COMPLETED


async def test_what_lapsed_is_reviewed_again(cast: Cast) -> None:
    house = cast.harbour
    await sign_off(house)
    async with unit_of_work(house.dan):
        await reopen(house)
        await (await Task.load(house.draft)).complete()
        await (await appendix(house)).complete()
        await request_review(await Job.load(house.year_end), house.eve.id)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "signed_off")
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    assert action.kinds == [EventKind.JOB_COMPLETED]


async def test_a_sign_off_lapses_once(cast: Cast) -> None:
    house = cast.harbour
    await sign_off(house)
    async with verify_action(house, house.dan) as action:
        await reopen(house)
        await add(house)
    assert action.kinds.count(EventKind.REVIEW_LAPSED) == 1


async def came(house: House, name: str) -> None:
    job = await Job.load(house.year_end, lock=False)
    document = await Document.announce(
        client_id=job.client_id, job_id=job.id, **File(name=name).said
    )
    await document.settle(Verdict(key=f"{FILES}/{document.id}"))


async def test_a_file_that_comes_anew_ends_the_sign_off_and_another_file_does_not(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await came(house, "Accounts")
    await sign_off(house)
    async with verify_action(house, house.dan) as action:
        await came(house, "Receipt of filing")
    assert EventKind.REVIEW_LAPSED not in action.kinds
    async with verify_action(house, house.dan) as action:
        await came(house, "accounts")
    assert "came" in action.only(EventKind.REVIEW_LAPSED)["payload"]["lapse"][1]


async def test_what_the_client_answers_later_ends_the_sign_off(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        request = await Request.make(job_id=house.year_end, title="Papers", items=[
            {"kind": ItemKind.QUESTION, "text": "Did you sell a car?"},
            {"kind": ItemKind.FILE, "text": "The deeds"},
        ])  # fmt: skip
        rows = await current().fetch(
            "select * from request_item where request_id = $1 order by number", request.id
        )
    question, deeds = (RequestItem.from_row(row) for row in rows)
    async with unit_of_work(house.dan):
        await question.answer_with("No")
    await sign_off(house)
    async with verify_action(house, house.dan) as action:
        await question.answer_with("No")
    assert action.kinds == []
    async with verify_action(house, house.dan) as action:
        await question.answer_with("Yes, in May")
    assert action.kinds == [EventKind.REQUEST_ITEM_ANSWERED, EventKind.REVIEW_LAPSED]
    await sign_off_again(house)
    async with verify_action(house, house.dan) as action:
        document = await Document.bring(deeds, **File(name="Deeds").said)
        await document.settle(Verdict(key=f"{FILES}/{document.id}"))
    assert EventKind.REVIEW_LAPSED in action.kinds


async def sign_off_again(house: House) -> None:
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.eve.id)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def test_work_that_changes_while_it_is_signed_off_is_never_signed_off_unseen(
    cast: Cast,
) -> None:
    """Whichever comes first: either the sign-off was given for the new work, or it has lapsed."""
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
        await request_review(await Job.load(house.year_end), house.eve.id)

    async def sign() -> None:
        async with unit_of_work(house.eve):
            await decide_review(await Job.load(house.year_end), "signed_off")

    async def change() -> None:
        async with unit_of_work(house.dan):
            await (await Task.load(house.draft)).reopen()

    async with verify_action(house) as action:
        await asyncio.gather(sign(), change())
    changed = action.kinds.index(EventKind.TASK_REOPENED)
    signed = action.kinds.index(EventKind.REVIEW_SIGNED_OFF)
    assert (EventKind.REVIEW_LAPSED in action.kinds) is (signed < changed)
    async with reading(house.ada):
        (review,) = await Review.chain(await Job.load(house.year_end, lock=False))
    assert review.state == ("lapsed" if signed < changed else "signed_off")

"""The course of a job: who takes it how far on which day, if nothing stops it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from resolvers.demo import verbs
from resolvers.demo.diary import Act
from resolvers.demo.facts import Person
from resolvers.demo.orders import Order
from resolvers.demo.story import Story

OPENS, CLOSES = "opens", "closes"


@dataclass(frozen=True, slots=True)
class Beat:
    """One act in a job's course, not before a day. A pair of them is told whole or not at all."""

    person: Person
    day: date
    act: Act
    facts: dict[str, Any] = field(default_factory=dict)
    pair: str = ""
    step: int = 0
    """The step (from 1) that it completes."""


@dataclass(frozen=True, slots=True)
class Hitches:
    """What holds a job up on its way, in working days."""

    wait_after: int = 0
    wait: int = 0
    review: int = 0
    sent_back: bool = False


def hitches(story: Story, order: Order, room: int) -> Hitches:
    """What happens to happen to a job that has so many days."""
    chance, service = story.chance, order.service
    wait_after = wait = review = 0
    if service.waits and chance.random() < 0.36:
        wait_after = chance.randint(1, max(1, min(3, (service.signed_off_after or 9) - 1)))
        wait = min(chance.choice((1, 2, 2, 3, 4, 5, 7)), room // 2)
    if service.signed_off_after:
        review = min(chance.choice((1, 1, 1, 2, 3)), max(1, room // 4))
    return Hitches(wait_after if wait else 0, wait, review, chance.random() < 0.08)


def course(
    story: Story, order: Order, first: date, last: date, held_up: Hitches, *,
    upto: int | None = None, reviewed: bool = True,
) -> list[Beat]:  # fmt: skip
    """Its beats from `first` to `last`: `upto` so many steps, or all of them and the end."""
    days, count = story.days.between(first, last), len(order.steps)
    upto = count if upto is None else upto
    total = sum(step.minutes for step in order.steps[:upto])
    usable = max(1, len(days) - held_up.wait - held_up.review)
    beats = list(_beginning(story, order, first))
    so_far = lost = 0
    for number in range(1, upto + 1):
        so_far += order.steps[number - 1].minutes

        def day(more: int = 0, worked: int = so_far, lost: int = lost) -> date:
            return days[min((usable - 1) * worked // total + lost + more, len(days) - 1)]

        beats.append(Beat(order.assignees[number - 1], day(), verbs.complete_task,
                          {"task_id": order.steps[number - 1].id}, step=number))  # fmt: skip
        if held_up.wait and number == held_up.wait_after < count:
            beats += _waiting(story, order, day(), day(held_up.wait // 2), day(held_up.wait))
            lost += held_up.wait
        if reviewed and number == order.service.signed_off_after:
            beats += _review(story, order, day(), day(held_up.review), held_up)
            lost += held_up.review
    if upto == count:
        done = order.service.stage("done")
        beats.append(Beat(order.assignees[-1], last, verbs.move_job,
                          {"job_id": order.id, "stage_id": done.id}))  # fmt: skip
    return beats


def _beginning(story: Story, order: Order, first: date) -> Iterator[Beat]:
    ready = order.service.stage("ready")
    yield Beat(order.manager, story.days.shift(first, -2), verbs.move_job,
               {"job_id": order.id, "stage_id": ready.id})  # fmt: skip
    yield Beat(order.assignees[0], first, verbs.begin_task, {"task_id": order.steps[0].id})


def _waiting(
    story: Story, order: Order, asked: date, again: date, came: date
) -> Iterator[Beat]:
    job = {"job_id": order.id}
    what = story.chance.choice(order.service.waits)
    yield Beat(order.owner, asked, verbs.wait_for,
               {**job, "whom": "client", "what": what}, pair=OPENS)  # fmt: skip
    if len(story.days.between(asked, came)) > 4:
        yield Beat(order.owner, again, verbs.remind, job)
    yield Beat(order.owner, came, verbs.stop_waiting, job, pair=CLOSES)


def _review(
    story: Story, order: Order, asked: date, decided: date, held_up: Hitches
) -> Iterator[Beat]:
    job = {"job_id": order.id}
    ask = {**job, "reviewer_id": order.reviewer.id}
    yield Beat(order.owner, asked, verbs.ask_for_review, ask, pair=OPENS)
    if held_up.sent_back:
        yield Beat(order.reviewer, decided, verbs.send_back,
                   {**job, "note": story.chance.choice(REVIEW_POINTS)})  # fmt: skip
        yield Beat(order.owner, decided, verbs.ask_for_review, ask)
    yield Beat(order.reviewer, decided, verbs.sign_off,
               {**job, "note": story.chance.choice(REVIEW_NOTES)}, pair=CLOSES)  # fmt: skip
    if (order.service.signed_off_after or 0) < len(order.steps):
        following = order.service.after_review
        yield Beat(order.owner, decided, verbs.move_job, {**job, "stage_id": following.id})


REVIEW_NOTES = (
    "", "", "Fine by me.", "Good. One typo corrected on page 2.", "Agreed to the working papers.",
    "Signed off. Nicely laid out.", "All ties up.", "OK to go. Mention the new rate to the client.",
    "Checked against last time, the difference is explained.",
)  # fmt: skip
REVIEW_POINTS = (
    "Two figures do not agree with the working papers, see my pencil marks.",
    "Please explain the jump against last time before this goes out.",
    "Nearly there: the covering note is still last period's.",
    "One bank line is unexplained, otherwise good.",
)

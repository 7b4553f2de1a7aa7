"""Jobs that are not done: where each has got stuck, since when and why."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from resolvers.demo import verbs
from resolvers.demo.courses import Beat, Hitches, course
from resolvers.demo.diary import Act
from resolvers.demo.facts import Person
from resolvers.demo.lives import Played, go_on, play, tell
from resolvers.demo.orders import Order
from resolvers.demo.story import Story

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said about it so many days ago."""

    by: str
    days_ago: int
    body: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job stands now.

    `waiting` on the client, `waiting_on_other`, in `review`, `returned` by its reviewer, `stalled`
    in the middle of a step, or `untouched`: since so many days, with so many steps done.
    """

    how: Literal["waiting", "waiting_on_other", "review", "returned", "stalled", "untouched"]
    days: int
    done: int = 0
    text: str = ""
    """What is waited for, or what the reviewer wrote."""
    reminded: tuple[int, ...] = ()
    reviewed: bool = False
    """Whether the steps that are done include the review."""
    remarks: tuple[Remark, ...] = ()


def end_up(story: Story, order: Order, opens: date, ending: Ending) -> None:
    """Tell a job up to where it stands now."""
    stands = story.on(ending.days)
    first = story.days.shift(stands, -story.chance.randint(5, 9))
    opener = order.manager
    latest = story.at(story.days.shift(first, -3), time(9))
    opened = story.next_moment(opener, min(opens, latest.date()), story.founded)
    if opened is None:
        raise AssertionError(f"{order.title} for {order.client.name} is opened too late")
    order.open(story, opened, opener)
    if ending.how != "untouched":
        _reach(story, order, opened, first, stands, ending)
    for said in ending.remarks:
        person = story.person(said.by)
        moment = story.last_moment(person, story.today - timedelta(days=said.days_ago))
        story.diary.note(moment, person, verbs.say_on_job, job_id=order.id, body=said.body)


def _reach(
    story: Story, order: Order, opened: datetime, first: date, stands: date, ending: Ending
) -> None:
    last = _last_beats(story, order, stands, ending)
    for sooner in range(1, _TRIES):
        before = story.days.shift(stands, -sooner)
        beats = course(
            story, order, story.days.shift(first, -sooner), before, Hitches(review=1),
            upto=ending.done, reviewed=ending.reviewed,
        )  # fmt: skip
        played = play(story, [*beats, *last], opened, order.manager)
        if len(played) == len(beats) + len(last) and _on_the_day(story, played[len(beats) :]):
            tell(story, order, played)
            if ending.how in ("stalled", "returned"):
                go_on(story, order, played)
            return
    raise AssertionError(f"{order.title} for {order.client.name} does not get that far")


def _on_the_day(story: Story, last: Played) -> bool:
    return not last or last[0][1].astimezone(story.zone).date() == last[0][0].day


def _last_beats(story: Story, order: Order, stands: date, ending: Ending) -> list[Beat]:
    job: dict[str, Any] = {"job_id": order.id}
    ask = {**job, "reviewer_id": order.reviewer.id}

    def beat(by: Person, day: date, act: Act, facts: dict[str, Any]) -> Beat:
        return Beat(_who_is_in(story, order, by, day), day, act, facts)

    match ending.how:
        case "waiting" | "waiting_on_other":
            whom = "client" if ending.how == "waiting" else "other"
            what = {**job, "whom": whom, "what": ending.text}
            return [
                beat(order.owner, stands, verbs.wait_for, what),
                *(beat(order.owner, story.on(ago), verbs.remind, job) for ago in ending.reminded),
            ]
        case "review":
            return [beat(order.owner, stands, verbs.ask_for_review, ask)]
        case "returned":
            return [
                beat(order.owner, story.days.shift(stands, -2), verbs.ask_for_review, ask),
                beat(order.reviewer, stands, verbs.send_back, {**job, "note": ending.text}),
            ]
    return []


def _who_is_in(story: Story, order: Order, person: Person, day: date) -> Person:
    """Somebody else of the client's team steps in for who is away."""
    others = (order.owner, order.manager, order.reviewer, story.person(order.client.partner))
    return next((who for who in (person, *others) if story.days.works(who, day)), person)

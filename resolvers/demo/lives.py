"""The life of a job: its course, played out on the days when its people are there, until now."""

from collections.abc import Sequence
from datetime import date, datetime

from resolvers.demo import verbs
from resolvers.demo.courses import CLOSES, OPENS, Beat, course, hitches
from resolvers.demo.facts import Person
from resolvers.demo.orders import Order
from resolvers.demo.story import Effort, OnTheDesk, Story

Played = list[tuple[Beat, datetime]]

_TRIES = 30


def live(story: Story, order: Order, opened: datetime, first: date, last: date) -> None:
    """Tell a job that goes its way from `first` to `last`.

    One that is due by now has been done by now: if its people were away, they began earlier.
    """
    overdue = order.due < story.today
    room = len(story.days.between(first, last))
    held_up = hitches(story, order, room)
    for sooner in range(_TRIES):
        beats = course(
            story, order, story.days.shift(first, -sooner), story.days.shift(last, -sooner), held_up
        )
        played = play(story, beats, opened, order.manager)
        if not overdue or len(played) == len(beats):
            tell(story, order, played)
            if len(played) < len(beats):
                go_on(story, order, played)
            remark(story, order, played)
            return
    raise AssertionError(f"{order.title} for {order.client.name} cannot be done in time")


def play(story: Story, beats: Sequence[Beat], opened: datetime, opener: Person) -> Played:
    """The beats that lie in the past, each at its moment; an unfinished pair is left out."""
    after, who, played = opened, opener, []
    for beat in beats:
        moment = story.next_moment(beat.person, beat.day, after, same=beat.person.key == who.key)
        if moment is None:
            break
        played.append((beat, moment))
        after, who = moment, beat.person
    if len(played) < len(beats):
        pairs = [place for place, (beat, _) in enumerate(played) if beat.pair]
        if pairs and played[pairs[-1]][0].pair == OPENS:
            del played[pairs[-1]:]  # fmt: skip
    return played


def tell(story: Story, order: Order, played: Played) -> None:
    """Note a job's beats in the diary, and what work they were."""
    before = order.start
    asked = before
    for beat, moment in played:
        story.diary.note(moment, beat.person, beat.act, **beat.facts)
        day = moment.astimezone(story.zone).date()
        if beat.step:
            _work(story, order, beat.step, before, day)
        if beat.act is verbs.ask_for_review:
            asked = day
        if beat.act in (verbs.sign_off, verbs.send_back):
            minutes = max(20, sum(step.minutes for step in order.steps) * 9 // 100)
            story.efforts.append(Effort(
                beat.person, order.client, asked, day, minutes, REVIEWING, job_id=order.id,
                activity=order.steps[0].activity and "A104 Review/analyze",
            ))  # fmt: skip
        if beat.step or beat.pair == CLOSES or beat.act is verbs.begin_task:
            before = day


def go_on(story: Story, order: Order, played: Played) -> None:
    """The step that somebody is in the middle of now, in a job that is not done."""
    if not any(beat.act is verbs.begin_task for beat, _ in played):
        return
    done = sum(1 for beat, _ in played if beat.step)
    signed_off = any(beat.act is verbs.sign_off for beat, _ in played)
    if done == order.service.signed_off_after and not signed_off:
        return  # ready for review, and nobody has asked for it yet
    person, step = order.assignees[done], order.steps[done]
    last, moment = played[-1]
    if done:
        begun = story.next_moment(person, moment.date(), moment, same=person.key == last.person.key)
        if begun is None:
            return
        story.diary.note(begun, person, verbs.begin_task, task_id=step.id)
        moment = begun
    story.desks.append(OnTheDesk(person, step.id, step))
    _work(story, order, done + 1, moment.astimezone(story.zone).date(), story.today)


def remark(story: Story, order: Order, played: Played) -> None:
    """Now and then somebody says something about a job."""
    begun = [(beat, moment) for beat, moment in played if beat.step or beat.pair]
    if begun and order.service.remarks and story.chance.random() < 0.3:
        beat, moment = story.chance.choice(begun)
        body = story.chance.choice(order.service.remarks)
        story.diary.note(moment, beat.person, verbs.say_on_job, job_id=order.id, body=body)


def _work(story: Story, order: Order, number: int, first: date, last: date) -> None:
    step = order.steps[number - 1]
    minutes = step.minutes * story.chance.randint(70, 130) // 100
    story.efforts.append(Effort(
        order.assignees[number - 1], order.client, first, last, minutes, step.notes,
        job_id=order.id, task_id=step.id, activity=step.activity,
        elastic=order.service.elastic,
    ))  # fmt: skip


REVIEWING = (
    "Review", "Reviewed the file, points cleared by phone", "Review of working papers",
    "Second look after points cleared", "Review and sign-off", "",
)  # fmt: skip

"""Orders: a service for a client, with its steps, its people and its dates; not yet begun."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from resolvers.demo import verbs
from resolvers.demo.facts import ClientFacts, Person, Service, StepFacts
from resolvers.demo.story import Story

_SCALE = {1: 60, 2: 100, 3: 165}
"""What a client's size makes of a step's usual minutes, in percent."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a job covers, and how people call it."""

    first: date
    last: date
    called: str


@dataclass(frozen=True, slots=True)
class Order:
    """A job as it will be opened."""

    id: UUID
    title: str
    client: ClientFacts
    service: Service
    owner: Person
    manager: Person
    reviewer: Person
    steps: tuple[StepFacts, ...]
    assignees: tuple[Person, ...]
    start: date
    due: date
    period: Period | None = None

    def open(self, story: Story, moment: datetime, by: Person) -> None:
        """Note down that somebody opened it."""
        minutes = sum(step.minutes for step in self.steps)
        story.diary.note(
            moment, by, verbs.open_job, id=self.id, client_id=self.client.id, title=self.title,
            service_id=self.service.id, engagement_id=self.client.engagement_id,
            owner_id=self.owner.id, team_id=story.teams[self.owner.team],
            period_start=self.period and self.period.first,
            period_end=self.period and self.period.last,
            start_date=self.start, due_date=self.due, budget_seconds=minutes * 60,
            step_list=self._step_list(story),
        )  # fmt: skip

    def _step_list(self, story: Story) -> list[dict[str, Any]]:
        days = story.days.between(self.start, self.due)
        total, so_far, told = sum(step.minutes for step in self.steps), 0, []
        for step, assignee in zip(self.steps, self.assignees, strict=True):
            so_far += step.minutes
            told.append({
                "id": step.id, "title": step.title, "assignee_id": assignee.id,
                "estimate_seconds": step.minutes * 60, "depends_on": list(step.after),
                "due_date": days[(len(days) - 1) * so_far // total],
            })  # fmt: skip
        return told


def order(
    story: Story, client: ClientFacts, service: Service, title: str, *, owner: Person,
    start: date, due: date, period: Period | None = None,
) -> Order:  # fmt: skip
    """An order with its people found and its steps sized for the client."""
    manager, reviewer = lookers_after(story, client, owner)
    made = story.at(start, time(9))
    name = (client.name, service.key, title)
    scale = _SCALE[client.size] if service.scaled else 100
    steps = tuple(
        replace(step, id=story.ids.of(made, *name, number, order=number),
                minutes=max(15, step.minutes * scale // 100 // 15 * 15))
        for number, step in enumerate(service.steps, start=1)
    )  # fmt: skip
    people = {"owner": owner, "manager": manager, "reviewer": reviewer}
    return Order(
        id=story.ids.of(made, *name), title=title, client=client, service=service, owner=owner,
        manager=manager, reviewer=reviewer, steps=steps,
        assignees=tuple(people.get(step.by) or story.person(step.by) for step in steps),
        start=min(start, due), due=due, period=period,
    )  # fmt: skip


def lookers_after(story: Story, client: ClientFacts, owner: Person) -> tuple[Person, Person]:
    """Who manages an owner's work for a client, and who reviews it: never the owner."""
    manager = owner
    if owner.reports_to and owner.role not in ("owner", "partner", "manager"):
        manager = story.person(owner.reports_to)
    reviewer = manager if manager.key != owner.key else story.person(client.partner)
    if reviewer.key == owner.key:
        reviewer = next(
            person for person in story.people.values()
            if person.key != owner.key and person.role in ("owner", "partner", "manager")
        )  # fmt: skip
    return manager, reviewer

"""Reviews of a job, and what reviewers want put right."""

from typing import Annotated

import strawberry

from models.members import Member as MemberRow
from models.permissions import Permission
from models.reviews import Review as ReviewRow
from models.reviews.points import ReviewPoint as ReviewPointRow
from models.tasks import Task as TaskRow
from schema.enums import ReviewPointState, ReviewState
from schema.fields import field, node_id, relation
from schema.members import Member
from schema.nodes import Node, node_type
from schema.scalars import DateTime

READ = Permission.READ_WORK
_Task = Annotated["Task", strawberry.lazy("schema.tasks")]


def _who(by: str, description: str) -> object:
    return relation(MemberRow, by=by, allow=READ, description=description)


@node_type(ReviewRow, "One look at a job by one reviewer.")
class Review(Node):
    id: strawberry.ID = node_id(ReviewRow)
    state: ReviewState = field("Where it stands.")
    reviewer: Member = _who("reviewer_id", "Who looks.")
    preparer: Member | None = _who("preparer_id", "Who did the work.")
    round: int = field("How often reviewers were asked to begin anew, from 1.")
    place: int = field("Whose turn it is within the round: who looks first, 1, second, 2 …")
    note: str = field("What the reviewer said.")
    requested_at: DateTime = field("When it was asked for, or planned, while it is to come.")
    decided_at: DateTime | None = field("When it was decided.")
    lapsed_at: DateTime | None = field("When its sign-off ceased to hold.")
    lapse: str | None = field("Why it did: what of the work was changed.")


@node_type(ReviewPointRow, "One thing that is to be put right before a job is signed off.")
class ReviewPoint(Node):
    id: strawberry.ID = node_id(ReviewPointRow)
    version: int = field("How often it was changed, from 1.")
    text: str = field("What is to be put right.")
    task: _Task | None = relation(TaskRow, by="task_id", allow=READ,
                                  description="The step that it is about.")  # fmt: skip
    state: ReviewPointState = field("Where it stands.")
    raised_by: Member | None = _who("raised_by_id", "Who raised it.")
    created_at: DateTime = field("When it was raised.")
    answer: str | None = field("What was said to be done about it.")
    answered_by: Member | None = _who("answered_by_id", "Who said so.")
    answered_at: DateTime | None = field("When.")
    cleared_by: Member | None = _who("cleared_by_id", "Who found it put right.")
    cleared_at: DateTime | None = field("When.")

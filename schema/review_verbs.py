"""What can be done about a review: ask for it, decide it, raise points and clear them."""

import strawberry

from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.reviews.points import ReviewPoint as ReviewPointRow
from models.tasks import Task as TaskRow
from resolvers import reviews
from schema.inputs import given_field, own_id, reference
from schema.jobs import Job
from schema.mutations import mutation, verb_input
from schema.reviews import ReviewPoint


@verb_input("Ask for a review.")
class RequestReview:
    job_id: strawberry.ID = reference(JobRow, "Of which job.", optional=False)
    reviewer_id: strawberry.ID = reference(
        MemberRow, "By whom; never its owner, nor who completed a step of it.", optional=False
    )
    next_reviewer_ids: list[strawberry.ID] = reference(
        MemberRow, "Who looks after that, in order, each when the one before has signed off. What"
        " was signed off before counts no more. Absent, those stay who were still to look.",
    )  # fmt: skip


@verb_input("Find the work good.")
class SignOffReview:
    job_id: strawberry.ID = reference(JobRow, "Of which job.", optional=False)
    note: str = given_field("What there is to say, at most 5,000 characters.")


@verb_input("Send the work back.")
class ReturnReview(SignOffReview):
    pass


@verb_input("Say what is to be put right before the work is signed off.")
class RaiseReviewPoint:
    id: strawberry.ID | None = own_id(ReviewPointRow)
    job_id: strawberry.ID = reference(JobRow, "Of which job.", optional=False)
    text: str = given_field("What, 1 to 2,000 characters.", optional=False)
    task_id: strawberry.ID | None = reference(TaskRow, "About which of its steps.")


@verb_input("Say what was done about a review point.")
class AnswerReviewPoint:
    id: strawberry.ID = reference(ReviewPointRow, "Which point.", optional=False)
    answer: str = given_field("What, 1 to 2,000 characters.", optional=False)


@verb_input("Find that a review point is put right.")
class ClearReviewPoint:
    id: strawberry.ID = reference(ReviewPointRow, "Which point.", optional=False)


@verb_input("Find that a review point is not put right after all.")
class ReopenReviewPoint(ClearReviewPoint):
    pass


_JOB = {"job": (Job, JobRow)}
_POINT = {"review_point": (ReviewPoint, ReviewPointRow), **_JOB}
_EDIT = Permission.EDIT_WORK


@strawberry.type
class ReviewMutation:
    request_review = mutation(
        reviews.request_review, input=RequestReview, returns=_JOB, allow=_EDIT,
        description="Ask for a review, perhaps by several, one after the other; the job goes to"
        " that stage.",
    )  # fmt: skip
    sign_off_review = mutation(
        reviews.sign_off, input=SignOffReview, returns=_JOB, allow=_EDIT,
        description="The reviewer finds the work good, and who looks next is asked. Refused to who"
        " prepared it, and while points are not cleared. It lapses when the work is changed: a step"
        " added, reopened, cancelled or taken away, a file that comes anew, a client's answer.",
    )  # fmt: skip
    return_review = mutation(reviews.return_review, input=ReturnReview, returns=_JOB, allow=_EDIT,
                             description="The reviewer sends the work back.")  # fmt: skip
    raise_review_point = mutation(
        reviews.raise_point, input=RaiseReviewPoint, returns=_POINT, allow=_EDIT,
        description="The reviewer of an open review, or a manager, says what is to be put right.",
    )  # fmt: skip
    answer_review_point = mutation(
        reviews.answer_point, input=AnswerReviewPoint, returns=_POINT, allow=_EDIT,
        description="Whoever prepares the work says what was done about a point.",
    )  # fmt: skip
    clear_review_point = mutation(
        reviews.clear_point, input=ClearReviewPoint, returns=_POINT, allow=_EDIT,
        description="Its reviewer, or a manager, finds that a point is put right.",
    )  # fmt: skip
    reopen_review_point = mutation(
        reviews.reopen_point, input=ReopenReviewPoint, returns=_POINT, allow=_EDIT,
        description="Its reviewer, or a manager, finds that a point is not put right after all.",
    )  # fmt: skip

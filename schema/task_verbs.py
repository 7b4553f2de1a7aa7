"""What can be asked of tasks, and done to them."""

from enum import Enum
from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.comments import Comment as CommentRow
from models.dependencies import Dependency as DependencyRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.tasks import Task as TaskRow
from models.teams import Team as TeamRow
from models.workflows import WorkCategory
from resolvers import comments, tasks
from resolvers.reading import one
from schema import ids
from schema.enums import described
from schema.fields import argument, query
from schema.filters import DateFilter, IdFilter, WorkCategoryFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.mutations import mutation, verb_input
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date, Long
from schema.step_dependencies import DependencyKind
from schema.tasks import Comment, Dependency, Task


class TaskOrder(Enum):
    DUE_DATE = "due_date"
    POSITION = "position"
    NEWEST = "newest"


described(TaskOrder, "How tasks are sorted.", DUE_DATE="What is due first; without a date, last.",
          POSITION="As on the board.", NEWEST="The latest made first.")  # fmt: skip


@input_type("Which tasks.")
class TaskFilter:
    job: IdFilter | None = reference(JobRow, "Steps of which job.")
    client: IdFilter | None = reference(ClientRow, "For which client.")
    assignee: IdFilter | None = reference(MemberRow, "Whose.")
    team: IdFilter | None = reference(TeamRow, "On whose board.")
    status: WorkCategoryFilter | None = given_field("Where they stand.")
    due_date: DateFilter | None = given_field("When they are due.")
    search: str | None = given_field("With all these words in the title or the client's name.")


@verb_input("Create a task: the last step of a job, or one on its own.")
class CreateTask:
    id: strawberry.ID | None = own_id(TaskRow)
    title: str = given_field("What is to be done, 1 to 200 characters.", optional=False)
    notes: str = given_field("How, at most 20,000 characters.")
    job_id: strawberry.ID | None = reference(JobRow, "A step of which job.")
    client_id: strawberry.ID | None = reference(ClientRow, "Without a job: for which client.")
    assignee_id: strawberry.ID | None = reference(MemberRow, "Who does it.")
    team_id: strawberry.ID | None = reference(TeamRow, "Whose board; the job's unless said.")
    due_date: Date | None = given_field("When it is to be done.")
    estimate_seconds: Long | None = given_field("Seconds it should take.")
    after_id: strawberry.ID | None = reference(TaskRow, "Right after this card on the board.")


@verb_input("Change a task: what is absent stays as it is.")
class UpdateTask:
    id: strawberry.ID = reference(TaskRow, "Which task.", optional=False)
    expected_version: int | None = given_field(
        "The version you last saw: the edit still merges unless somebody touched the same fields."
    )
    title: str = given_field("What is to be done.")
    notes: str = given_field("How.")
    assignee_id: strawberry.ID | None = reference(MemberRow, "Who does it.")
    team_id: strawberry.ID | None = reference(TeamRow, "Whose board.")
    due_date: Date | None = given_field("When it is to be done.")
    estimate_seconds: Long | None = given_field("Seconds it should take.")


@verb_input("Give a task to somebody.")
class AssignTask:
    id: strawberry.ID = reference(TaskRow, "Which task.", optional=False)
    assignee_id: strawberry.ID | None = reference(MemberRow, "Whom; null for nobody.",
                                                  optional=False)  # fmt: skip


@verb_input("Move a task: to a status, between neighbours, to a person or a date, in one act.")
class MoveTask:
    id: strawberry.ID = reference(TaskRow, "Which task.", optional=False)
    status: WorkCategory | None = given_field("To which status.")
    after_id: strawberry.ID | None = reference(TaskRow, "Right after this card.")
    before_id: strawberry.ID | None = reference(TaskRow, "Right before this card; `afterId` wins.")
    assignee_id: strawberry.ID | None = reference(MemberRow, "To whom; null for nobody.")
    due_date: Date | None = given_field("To which due date; null for none.")
    override_reason: str | None = given_field(
        "Why it does not wait for what it depends on, at most 1,000 characters; managers only."
        " Kept at each dependency that it does not wait for.")  # fmt: skip


@verb_input("Finish a task.")
class CompleteTask:
    id: strawberry.ID = reference(TaskRow, "Which task.", optional=False)
    override_reason: str | None = given_field(
        "Why it does not wait for what it depends on, at most 1,000 characters; managers only."
        " Kept at each dependency that it does not wait for.")  # fmt: skip


@verb_input("Take a task up again.")
class ReopenTask:
    id: strawberry.ID = reference(TaskRow, "Which task.", optional=False)


@verb_input("Delete a task.")
class DeleteTask(ReopenTask):
    pass


@verb_input("Make a task wait for another, or in another way than so far.")
class AddDependency:
    blocked_id: strawberry.ID = reference(TaskRow, "What waits.", optional=False)
    blocker_id: strawberry.ID = reference(TaskRow, "What it waits for.", optional=False)
    kind: DependencyKind = given_field("In which way; for it to be done, unless said.")
    lag_days: int = given_field("For how many business days longer, 0 to 250; none unless said.")


@verb_input("Let a task not wait for another any more.")
class RemoveDependency:
    blocked_id: strawberry.ID = reference(TaskRow, "What waits.", optional=False)
    blocker_id: strawberry.ID = reference(TaskRow, "What it waits for.", optional=False)


@verb_input("Say something about a job or a task: exactly one of them.")
class AddComment:
    id: strawberry.ID | None = own_id(CommentRow)
    job_id: strawberry.ID | None = reference(JobRow, "About which job.")
    task_id: strawberry.ID | None = reference(TaskRow, "About which task.")
    body: str = given_field("What, 1 to 10,000 characters.", optional=False)


@verb_input("Correct one's own comment.")
class UpdateComment:
    id: strawberry.ID = reference(CommentRow, "Which comment.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    body: str = given_field("What, 1 to 10,000 characters.", optional=False)


@verb_input("Take a comment back.")
class DeleteComment:
    id: strawberry.ID = reference(CommentRow, "Which comment.", optional=False)


@strawberry.type
class TaskQuery:
    @query(allow=Permission.READ_WORK, cost=10)
    async def tasks(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[TaskFilter | None, argument("Which tasks; all unless said.")] = None,
        order_by: Annotated[TaskOrder, argument("How they are sorted.")] = TaskOrder.DUE_DATE,
    ) -> Connection[Task]:  # fmt: skip
        """The tasks that the viewer may see."""
        asked = {} if filter is None else given(filter)
        return await tasks.page(window(first, after, last, before), order_by.value, **asked)

    @query(allow=Permission.READ_WORK)
    async def task(info, id: Annotated[strawberry.ID, argument("Which task.")]) -> Task | None:
        """One task; null when there is no such one."""
        return await one(TaskRow, ids.wanted(id, TaskRow))


_TASK = {"task": (Task, TaskRow)}
_COMMENT = {"comment": (Comment, CommentRow)}
_LINK = {"dependency": (Dependency, DependencyRow), "blocked": (Task, TaskRow)}
_EDIT = Permission.EDIT_WORK


@strawberry.type
class TaskMutation:
    create_task = mutation(tasks.add, input=CreateTask, returns=_TASK, allow=_EDIT,
                           description="Create a task.")  # fmt: skip
    update_task = mutation(tasks.update, input=UpdateTask, returns=_TASK, allow=_EDIT,
                           description="Change a task's own facts.")  # fmt: skip
    assign_task = mutation(tasks.assign, input=AssignTask, returns=_TASK, allow=_EDIT,
                           description="Give a task to somebody.")  # fmt: skip
    move_task = mutation(
        tasks.move,
        input=MoveTask,
        returns=_TASK,
        allow=_EDIT,
        description="Move a task; refused before what it waits for has come.",
    )
    complete_task = mutation(
        tasks.complete,
        input=CompleteTask,
        returns=_TASK,
        allow=_EDIT,
        description="Finish a task; what waited for it becomes ready.",
    )
    reopen_task = mutation(tasks.reopen, input=ReopenTask, returns=_TASK, allow=_EDIT,
                           description="A task is not done after all.")  # fmt: skip
    delete_task = mutation(tasks.remove, input=DeleteTask, returns={}, allow=_EDIT, deletes=TaskRow,
                           description="Delete a task that no time is booked on.")  # fmt: skip
    add_dependency = mutation(
        tasks.add_dependency,
        input=AddDependency,
        returns=_LINK,
        allow=_EDIT,
        description="Make a task wait for another, to begin or to be finished; no circles.",
    )
    remove_dependency = mutation(
        tasks.remove_dependency,
        input=RemoveDependency,
        returns={"blocked": (Task, TaskRow)},
        allow=_EDIT,
        description="A task does not wait for another any more.",
    )
    add_comment = mutation(comments.add, input=AddComment, returns=_COMMENT, allow=_EDIT,
                           description="Say something about a job or a task.")  # fmt: skip
    update_comment = mutation(comments.update, input=UpdateComment, returns=_COMMENT, allow=_EDIT,
                              description="Correct one's own comment.")  # fmt: skip
    delete_comment = mutation(comments.remove, input=DeleteComment, returns={}, allow=_EDIT,
                              deletes=CommentRow, description="Take a comment back.")  # fmt: skip

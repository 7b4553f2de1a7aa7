"""The closed lists of words, each value described. Enums may grow."""

from enum import Enum, StrEnum
from typing import TypeVar

import strawberry

from models.documents import DocumentState
from models.permissions import Permission, Role
from models.requests import ItemKind, ItemState, RequestState
from models.workflows import WorkCategory
from subscriptions.cursors import ResyncReason

E = TypeVar("E", bound=Enum)


def described(enum: type[E], meaning: str, **values: str) -> type[E]:
    """Publish an enum; every value must be described, or the import fails."""
    if set(values) != {member.name for member in enum}:
        raise TypeError(f"{enum.__name__}: describe each value exactly once")
    strawberry.enum(enum, description=meaning)
    for value in enum.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]
    return enum


described(
    WorkCategory, "Where a piece of work stands: the same words for a stage and for a task.",
    PLANNED="Known, and not to be begun yet.", READY="Can be begun.",
    IN_PROGRESS="Somebody works on it.", WAITING_ON_CLIENT="The client has to give something.",
    WAITING_ON_OTHER="Somebody else, such as an authority, has to give something.",
    ON_HOLD="Set aside on purpose.", IN_REVIEW="Done by its preparer, not yet looked at.",
    DONE="Finished.", CANCELLED="Will not be done.",
)  # fmt: skip
described(
    Role, "What a member may do in the firm.",
    OWNER="Everything, including making other owners.", ADMIN="Everything but making owners.",
    PARTNER="All work, and members.", MANAGER="All work.", STAFF="Their daily work.",
    CONTRACTOR="Their daily work, for assigned clients alone.",
)  # fmt: skip
described(
    Permission, "One thing that a viewer may do. A token's scopes are permissions.",
    READ_FIRM="See the firm, its members and teams.", MANAGE_FIRM="Change the firm's own facts.",
    MANAGE_MEMBERS="Take members on, change and end them.",
    MANAGE_TOKENS="Create API tokens for oneself.", READ_CLIENTS="See clients and contacts.",
    EDIT_CLIENTS="Add and change clients and contacts.",
    READ_TAX_IDS="Read clients' tax ids in full.", READ_WORK="See jobs and tasks.",
    EDIT_WORK="Add, change and move jobs and tasks.",
    MANAGE_WORK="Restrict clients, override dependencies, decide any review, set up workflows.",
    READ_TIME="See timers and time entries.", TRACK_TIME="Run a timer and book one's own time.",
    MANAGE_TIME="Book and change anybody's time.",
    READ_BILLING="See rates, invoices and the ledger.",
    MANAGE_BILLING="Set rates, draft invoices and record payments.",
    ISSUE_INVOICES="Issue invoices and credit notes.",
)  # fmt: skip


class ClientKind(StrEnum):
    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class ClientStatus(StrEnum):
    PROSPECT = "prospect"
    ONBOARDING = "onboarding"
    ACTIVE = "active"
    FORMER = "former"
    ARCHIVED = "archived"


class ClientPart(StrEnum):
    PARTNER = "partner"
    MANAGER = "manager"
    PREPARER = "preparer"
    REVIEWER = "reviewer"


class RelationKind(StrEnum):
    OWNS = "owns"
    SPOUSE = "spouse"
    SUBSIDIARY = "subsidiary"
    TRUSTEE = "trustee"
    BILLED_THROUGH = "billed_through"


class WaitingOn(StrEnum):
    CLIENT = "client"
    OTHER = "other"


class WhoseTurn(StrEnum):
    FIRM = "firm"
    CLIENT = "client"
    OTHER = "other"
    NOBODY = "nobody"


class ReviewState(StrEnum):
    PLANNED = "planned"
    REQUESTED = "requested"
    SIGNED_OFF = "signed_off"
    RETURNED = "returned"
    LAPSED = "lapsed"


class ReviewPointState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLEARED = "cleared"


class Billing(StrEnum):
    BILLABLE = "billable"
    NO_CHARGE = "no_charge"
    NON_BILLABLE = "non_billable"


class TimeSource(StrEnum):
    TIMER = "timer"
    MANUAL = "manual"
    IMPORT = "import"


class TimeOffKind(StrEnum):
    HOLIDAY = "holiday"
    SICKNESS = "sickness"
    PARENTAL = "parental"
    TRAINING = "training"
    OTHER = "other"


class LedgerKind(StrEnum):
    ISSUE = "issue"
    PAYMENT = "payment"
    CREDIT = "credit"


class BoardScope(StrEnum):
    MY_TEAMS = "my_teams"
    MY_CLIENTS = "my_clients"
    MINE = "mine"
    EVERYTHING = "everything"


class BoardDue(StrEnum):
    SOON = "soon"
    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    ANY = "any"


class BoardGrouping(StrEnum):
    CATEGORY = "category"
    PERSON = "person"
    DUE_WEEK = "due_week"


described(ClientKind, "What a client is.", INDIVIDUAL="A person.",
          ORGANISATION="A company, partnership, charity, trust or the like.")  # fmt: skip
described(ClientStatus, "How far the firm is with a client.", PROSPECT="Might become a client.",
          ONBOARDING="Being taken on.", ACTIVE="The firm works for them.",
          FORMER="The firm used to work for them.", ARCHIVED="Kept for the record.")  # fmt: skip
described(ClientPart, "A member's part at a client.", PARTNER="Answers for the client.",
          MANAGER="Runs the client's work.", PREPARER="Does the work.",
          REVIEWER="Reviews the work.")  # fmt: skip
described(RelationKind, "How one client stands to another.", OWNS="Owns the other.",
          SPOUSE="Is married to the other.", SUBSIDIARY="Is a subsidiary of the other.",
          TRUSTEE="Is a trustee of the other.",
          BILLED_THROUGH="Gets its invoices through the other.")  # fmt: skip
described(WaitingOn, "Whom a job waits for.", CLIENT="The client.",
          OTHER="Somebody else, such as an authority or a bank.")  # fmt: skip
described(WhoseTurn, "Who has to act next on a job.", FIRM="The firm.", CLIENT="The client.",
          OTHER="Somebody else.", NOBODY="Nobody: it is over.")  # fmt: skip
described(ReviewState, "Where a review stands.",
          PLANNED="To be asked for when those before have signed off.", REQUESTED="Asked for.",
          SIGNED_OFF="Found good.", RETURNED="Sent back to the preparer.",
          LAPSED="Found good, before the work was changed.")  # fmt: skip
described(ReviewPointState, "Where a review point stands.", OPEN="To be put right.",
          ANSWERED="Said to be put right.", CLEARED="Found to be put right.")  # fmt: skip
described(DocumentState, "How far a file has come.", PENDING="Announced; it has not come yet.",
          SCANNING="It has come and is being looked at.", CLEAN="It can be fetched.",
          REFUSED="It was found wanting, and cannot be fetched.")  # fmt: skip
described(RequestState, "Where a request stands.", OPEN="Something of it is still missing.",
          FULFILLED="All of it has come.", CANCELLED="It is not needed any more.")  # fmt: skip
described(ItemKind, "What an item of a request asks for.", FILE="A file.",
          QUESTION="The answer to a question.")  # fmt: skip
described(ItemState, "Whether what an item asks for has come.", OPEN="It is missing.",
          FULFILLED="It has come.", ACCEPTED="It has come, and was found good.")  # fmt: skip
described(Billing, "Whether time is charged.", BILLABLE="To be charged.",
          NO_CHARGE="Worked for the client, and given away.",
          NON_BILLABLE="The firm's own time.")  # fmt: skip
described(TimeSource, "Where a time entry comes from.", TIMER="A timer.", MANUAL="Typed in.",
          IMPORT="Another system's export.")  # fmt: skip
described(TimeOffKind, "Why a member is off.", HOLIDAY="Holiday.", SICKNESS="Illness.",
          PARENTAL="Parental leave.", TRAINING="Training.", OTHER="Something else.")  # fmt: skip
described(LedgerKind, "What kind of document posted to the ledger.", ISSUE="An invoice, issued.",
          PAYMENT="A payment.", CREDIT="A credit note.")  # fmt: skip
described(BoardScope, "Whose work a board shows.",
          MY_TEAMS="What the viewer's teams or the viewer hold; without a team, everything.",
          MY_CLIENTS="Work for clients where the viewer has a part.",
          MINE="What the viewer holds.",
          EVERYTHING="All work that the viewer may see.")  # fmt: skip
described(BoardDue, "Which due dates a board shows.",
          SOON="Due within 14 days, overdue, or without a date.", OVERDUE="Past its due date.",
          THIS_WEEK="Due in the firm's current week.", NEXT_WEEK="Due in the week after.",
          ANY="Whatever the date.")  # fmt: skip
described(BoardGrouping, "What a board's columns are.", CATEGORY="Where the work stands.",
          PERSON="Who holds it.", DUE_WEEK="The week it is due in.")  # fmt: skip
described(ResyncReason, "Why a stream cannot go on from a cursor.",
          CURSOR_TOO_OLD="It lies further back than changes are kept for resuming.",
          EPOCH_CHANGED="The firm was restored from a backup.",
          CURSOR_AHEAD="It lies beyond the firm's last change.",
          SLOW_CONSUMER="The reader fell too far behind.",
          ACCESS_CHANGED="What the viewer may see has changed, or what is theirs.")  # fmt: skip

"""What can happen in a firm: every kind of event, by name.

Grammar: `entity.verb in the past`. A kind is what happened, in the practice's own words; which
columns changed, from what to what, is in the event's payload.
"""

from enum import StrEnum

from models.database import Publisher

__all__ = ["EventKind", "Publisher"]


class EventKind(StrEnum):
    FIRM_FOUNDED = "firm.founded"
    FIRM_CHANGED = "firm.changed"
    LEGAL_ENTITY_ADDED = "legal_entity.added"
    OFFICE_OPENED = "office.opened"
    MEMBER_JOINED = "member.joined"
    MEMBER_CHANGED = "member.changed"
    MEMBER_LEFT = "member.left"
    CAPACITY_SET = "capacity.set"
    TIME_OFF_RECORDED = "time_off.recorded"
    TIME_OFF_CANCELLED = "time_off.cancelled"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    TEAM_MEMBER_ADDED = "team_membership.added"
    TEAM_MEMBER_REMOVED = "team_membership.removed"
    PASSWORD_SET = "credential.set"  # noqa: S105  (the name of an event)
    SESSION_OPENED = "session.opened"
    SESSION_CLOSED = "session.closed"
    API_TOKEN_CREATED = "api_token.created"  # noqa: S105
    API_TOKEN_REVOKED = "api_token.revoked"  # noqa: S105
    CLIENT_ADDED = "client.added"
    CLIENT_CHANGED = "client.changed"
    CLIENT_ROLE_ASSIGNED = "client_role.assigned"
    CLIENT_ROLE_ENDED = "client_role.ended"
    CLIENTS_RELATED = "client_relation.made"
    CLIENT_RELATION_ENDED = "client_relation.ended"
    CONTACT_ADDED = "contact.added"
    CONTACT_CHANGED = "contact.changed"
    CONTACT_LINKED = "client_contact.linked"
    CONTACT_UNLINKED = "client_contact.unlinked"
    WORKFLOW_CREATED = "workflow.created"
    STAGE_ADDED = "stage.added"
    SERVICE_CREATED = "service.created"
    SERVICE_CHANGED = "service.changed"
    ENGAGEMENT_STARTED = "engagement.started"
    ENGAGEMENT_ENDED = "engagement.ended"
    ENGAGEMENT_SERVICE_ADDED = "engagement_service.added"
    JOB_CREATED = "job.created"
    JOB_CHANGED = "job.changed"
    JOB_ASSIGNED = "job.assigned"
    JOB_MOVED = "job.moved"
    JOB_COMPLETED = "job.completed"
    JOB_REOPENED = "job.reopened"
    WAITING_STARTED = "waiting.started"
    WAITING_REMINDED = "waiting.reminded"
    WAITING_ENDED = "waiting.ended"
    REVIEW_REQUESTED = "review.requested"
    REVIEW_SIGNED_OFF = "review.signed_off"
    REVIEW_RETURNED = "review.returned"
    TASK_CREATED = "task.created"
    TASK_CHANGED = "task.changed"
    TASK_ASSIGNED = "task.assigned"
    TASK_MOVED = "task.moved"
    TASK_COMPLETED = "task.completed"
    TASK_REOPENED = "task.reopened"
    TASK_DELETED = "task.deleted"
    DEPENDENCY_ADDED = "dependency.added"
    DEPENDENCY_REMOVED = "dependency.removed"
    COMMENT_ADDED = "comment.added"
    COMMENT_CHANGED = "comment.changed"
    COMMENT_REMOVED = "comment.removed"
    TIMER_STARTED = "timer.started"
    TIMER_STOPPED = "timer.stopped"
    TIMER_DISCARDED = "timer.discarded"
    TIME_LOGGED = "time_entry.logged"
    TIME_CHANGED = "time_entry.changed"
    TIME_REMOVED = "time_entry.removed"
    EXTERNAL_ID_KEPT = "external_id.kept"

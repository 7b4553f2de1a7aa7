"""Who is asking."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from models.errors import Forbidden
from models.permissions import PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of one firm, a client's contact in its portal, or the system on the firm's behalf;
    made by authentication alone."""

    firm_id: UUID
    member_id: UUID | None
    role: Role | None
    scopes: frozenset[Permission] | None = None
    session_id: UUID | None = None
    api_token_id: UUID | None = None
    contact_id: UUID | None = None
    request_id: str | None = None
    reason: str | None = None

    @classmethod
    def system(cls, firm_id: UUID, reason: str) -> Self:
        """The firm's own machinery, with every right; `reason` says which part of it."""
        return cls(firm_id=firm_id, member_id=None, role=Role.OWNER, reason=reason)

    @classmethod
    def of_contact(cls, firm_id: UUID, contact_id: UUID, *, session_id: UUID) -> Self:
        """A client's contact: no permission at all, and a role of their own in the database."""
        return cls(firm_id=firm_id, member_id=None, role=None, contact_id=contact_id,
                   session_id=session_id)  # fmt: skip

    @property
    def actor_id(self) -> UUID | None:
        """Who did it, as events say; None for the system."""
        return self.member_id or self.contact_id

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = frozenset() if self.role is None else PERMISSIONS[self.role]
        return granted if self.scopes is None else granted & self.scopes

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def must(self, permission: Permission) -> None:
        """Raise Forbidden unless the viewer has this permission."""
        if not self.may(permission):
            raise Forbidden(f"This needs the permission {permission.value}.")

    @property
    def sees_restricted_clients(self) -> bool:
        return self.role in (Role.OWNER, Role.ADMIN)

"""Who is asking."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from models.errors import Forbidden
from models.permissions import PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of one firm, or the system on that firm's behalf; made by authentication alone."""

    firm_id: UUID
    member_id: UUID | None
    role: Role
    scopes: frozenset[Permission] | None = None
    session_id: UUID | None = None
    api_token_id: UUID | None = None
    request_id: str | None = None
    reason: str | None = None

    @classmethod
    def system(cls, firm_id: UUID, reason: str) -> Self:
        """The firm's own machinery, with every right; `reason` says which part of it."""
        return cls(firm_id=firm_id, member_id=None, role=Role.OWNER, reason=reason)

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = PERMISSIONS[self.role]
        return granted if self.scopes is None else granted & self.scopes

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role] and (
            self.scopes is None or permission in self.scopes
        )

    def must(self, permission: Permission) -> None:
        """Raise Forbidden unless the viewer has this permission."""
        if not self.may(permission):
            raise Forbidden(f"This needs the permission {permission.value}.")

    @property
    def sees_restricted_clients(self) -> bool:
        return self.role in (Role.OWNER, Role.ADMIN)

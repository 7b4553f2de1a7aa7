"""Who may do what: one table from role to permissions. A token's scopes are permissions too."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    PARTNER = "partner"
    MANAGER = "manager"
    STAFF = "staff"
    CONTRACTOR = "contractor"


class Permission(StrEnum):
    """`area:act`. A field names the one it asks for; a token lists those it was given."""

    READ_FIRM = "firm:read"
    MANAGE_FIRM = "firm:manage"
    MANAGE_MEMBERS = "members:manage"
    MANAGE_TOKENS = "tokens:manage"
    READ_CLIENTS = "clients:read"
    EDIT_CLIENTS = "clients:edit"
    READ_TAX_IDS = "tax_ids:read"
    READ_WORK = "work:read"
    EDIT_WORK = "work:edit"
    MANAGE_WORK = "work:manage"
    READ_TIME = "time:read"
    TRACK_TIME = "time:track"
    MANAGE_TIME = "time:manage"
    READ_BILLING = "billing:read"
    MANAGE_BILLING = "billing:manage"
    ISSUE_INVOICES = "invoices:issue"


READING = frozenset({
    Permission.READ_FIRM,
    Permission.READ_CLIENTS,
    Permission.READ_WORK,
    Permission.READ_TIME,
})  # fmt: skip
_CONTRACTOR = READING | {Permission.EDIT_WORK, Permission.TRACK_TIME}
_STAFF = _CONTRACTOR | {
    Permission.EDIT_CLIENTS,
    Permission.READ_TAX_IDS,
    Permission.MANAGE_TOKENS,
}
_BILLING = {Permission.READ_BILLING, Permission.MANAGE_BILLING, Permission.ISSUE_INVOICES}
_MANAGER = _STAFF | {Permission.MANAGE_WORK, Permission.MANAGE_TIME} | _BILLING
_EVERYTHING = frozenset(Permission)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _EVERYTHING,
    Role.ADMIN: _EVERYTHING,
    Role.PARTNER: _MANAGER | {Permission.MANAGE_MEMBERS},
    Role.MANAGER: _MANAGER,
    Role.STAFF: _STAFF,
    Role.CONTRACTOR: _CONTRACTOR,
}

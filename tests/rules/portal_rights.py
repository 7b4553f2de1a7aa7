"""Which columns a client's contact may read and write in the database itself: these, and no more."""

COLUMNS_OF_AN_EVENT = {
    "firm_id", "kind", "entity", "entity_id", "entity_version", "client_id", "payload", "actor_id",
    "request_id", "at",
}  # fmt: skip
"""What the app says of an event; its number, its place in the chain and its id are not its own."""

OWNED = {"firm_id", "id", "version", "created_at", "updated_at"}
OF_A_FILE = {
    "client_id", "job_id", "request_item_id", "name", "size", "media_type", "sha256", "state",
    "shared",
}  # fmt: skip
OF_A_MESSAGE = {"client_id", "job_id", "contact_id", "author", "body"}

COLUMNS_FOR_THE_PORTAL = {
    "firm": {"id", "name", "time_zone"},
    "contact": {"id", "name", "email"},
    "client": {"id", "name"},
    "portal_access": {"id", "contact_id", "client_id", "withdrawn_at"},
    "portal_session": {
        "firm_id", "id", "version", "created_at", "updated_at", "contact_id", "token_hash",
        "expires_at", "revoked_at",
    },
    "event": {"id", "entity_id", "entity_version", "at"},
    "job": {"id", "client_id", "stage_id", "title", "period_start", "period_end", "completed_at"},
    "stage": {"id", "client_facing_name"},
    "request": {*OWNED, "client_id", "job_id", "title", "due_date", "state", "ended_at"},
    "request_item": {
        *OWNED, "client_id", "request_id", "number", "kind", "text", "state", "answer",
        "rejection", "fulfilled_at",
    },
    "document": {*OWNED, *OF_A_FILE, "refusal", "storage_key"},
    "message": {*OWNED, *OF_A_MESSAGE, "member_id", "read_at"},
    "invoice": {
        "firm_id", "id", "client_id", "number", "currency", "issue_date", "due_date", "state",
        "net", "tax", "total",
    },
    "invoice_line": {
        "firm_id", "id", "invoice_id", "position", "description", "currency", "net", "tax",
    },
    "payment": {"firm_id", "invoice_id", "applied"},
    "credit_note": {"firm_id", "invoice_id", "amount"},
    "ledger_entry": {"firm_id", "invoice_id", "account", "amount"},
    "firm_stream": {"firm_id", "epoch", "seq", "floor"},
    "idempotency": {"actor_id", "key", "request_hash", "result"},
}  # fmt: skip
"""What a contact may read of the rows that are theirs; of an event, what writing one answers."""

WRITTEN_IN_THE_PORTAL = {
    ("portal_session", "UPDATE"): {"version", "updated_at", "revoked_at"},
    ("event", "INSERT"): COLUMNS_OF_AN_EVENT,
    ("request_item", "UPDATE"): {
        "version",
        "updated_at",
        "state",
        "answer",
        "rejection",
        "fulfilled_at",
    },
    ("document", "INSERT"): OWNED | OF_A_FILE,
    ("message", "INSERT"): OWNED | OF_A_MESSAGE,
    ("message", "UPDATE"): {"version", "updated_at", "read_at"},
    ("idempotency", "INSERT"): {"firm_id", "actor_id", "key", "request_hash"},
    ("idempotency", "UPDATE"): {"result"},
}
"""What a contact may write: that they sign out, an answer, that a file will come, a message, what
they have read, and their keys."""

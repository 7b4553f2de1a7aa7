"""The modules that hold models: where Tortoise finds them."""

MODEL_MODULES = (
    "models.firms",
    "models.members",
    "models.teams",
    "models.sign_in",
    "models.clients",
    "models.contacts",
    "models.portal_access",
    "models.portal_sign_in",
    "models.workflows",
    "models.engagements",
    "models.jobs",
    "models.waiting",
    "models.reviews",
    "models.tasks",
    "models.dependencies",
    "models.comments",
    "models.timers",
    "models.time_entries",
    "models.external_ids",
)

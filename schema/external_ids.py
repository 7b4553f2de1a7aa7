"""How other systems call our things."""

import strawberry

from schema.fields import field
from schema.inputs import given_field, input_type


@strawberry.type(description="How another system calls a thing: unique in the firm for its kind.")
class ExternalId:
    system: str = field("Which system, such as xero.")
    key: str = field(
        "What it is called there. Where an import knew it by its name alone: 64 hexadecimal"
        " digits made of that."
    )


@input_type("How another system calls a thing.")
class ExternalIdInput:
    system: str = given_field("Which system, 1 to 60 characters.", optional=False)
    key: str = given_field("What it is called there, 1 to 255 characters.", optional=False)

"""Things by id, whatever their kind."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.base import FirmModel
from resolvers.reading import by_ids


async def by_table(
    wanted: Sequence[tuple[str, UUID]], type_names: Mapping[type[FirmModel], str]
) -> list[dict[str, Any] | None]:
    """For each table and id the row and its GraphQL type's name; unknown and hidden are None."""
    models = {model.table(): model for model in type_names}
    found: dict[tuple[str, UUID], dict[str, Any]] = {}
    for table in {table for table, _ in wanted} & models.keys():
        ids = list(dict.fromkeys(id for other, id in wanted if other == table))
        for row in await by_ids(models[table], ids):
            if row is not None:
                name = type_names[models[table]]
                found[table, row["id"]] = {**dict(row), "__typename": name}
    return [found.get(key) for key in wanted]

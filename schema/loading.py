"""Nested fields, batched: all parents of a level are asked for at once, never one by one.

Each nested field is declared as data or as a function over all its parents; DataLoaders run
them. They live as long as one operation (or one event of a subscription), so nothing is stale.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any

from strawberry.dataloader import DataLoader

from models.unit_of_work import Row

Batch = Callable[..., Awaitable[Sequence[Any]]]


class Loaders:
    """The DataLoaders of one operation, one for each nested field and its arguments."""

    def __init__(self) -> None:
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    def by_key(self, field: Hashable, batch: Batch, key: Hashable) -> Awaitable[Any]:
        """What belongs to `key`; `batch` is called once with the distinct keys of the level."""
        loader = self._loaders.get(field)
        if loader is None:
            loader = self._loaders[field] = DataLoader(load_fn=_one_argument(batch, {}))
        return _for_one(loader.load(key))

    async def of_parent(
        self, field: Hashable, batch: Batch, parent: Row, arguments: Mapping[str, Any]
    ) -> Any:
        """What belongs to `parent`; `batch` is called once with all parents of the level."""
        place = (field, repr(sorted(arguments.items())))
        loader = self._loaders.get(place)
        if loader is None:
            loader = self._loaders[place] = DataLoader(
                load_fn=_one_argument(batch, arguments), cache_key_fn=id_of
            )
        return await _for_one(loader.load(parent))


def _for_one(shared: Awaitable[Any]) -> Awaitable[Any]:
    """What several may wait for, for one of them: graphql-core cancels those beside a field that
    has failed, and what others wait for is not to end with them."""
    return asyncio.shield(shared)


def id_of(row: Row) -> Hashable:
    """What tells one parent from another: its id, a column's key, or that it is this very one."""
    return row.get("id") or row.get("key") or id(row)


def _one_argument(
    batch: Batch, arguments: Mapping[str, Any]
) -> Callable[[list[Any]], Awaitable[Sequence[Any]]]:
    async def load(keys: list[Any]) -> Sequence[Any]:
        return await batch(keys, **arguments)

    return load

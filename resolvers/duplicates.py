"""Clients that may be one: a warning for who takes one on, never a refusal.

Each way to be alike goes by an index of its own, and tells of clients alone that the viewer sees.
"""

from collections.abc import Sequence
from typing import Any

from models.clients import Client
from models.permissions import Permission
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.reading import grouped

MOST = 10


async def of_clients(parents: Sequence[Row]) -> list[list[Row]]:
    """For each of the clients those that may be it."""
    unit, ids = current(), [row["id"] for row in parents]
    same_name = _alike_in_name("s.name_key", "t.id <> s.id and s.id = p.id", "client s,")
    same_number = _with_the_number(
        "o.number_key", "x.client_id <> o.client_id and o.client_id = p.id", "client_tax_id o,"
    )
    rows = await unit.fetch(
        "select p.id as parent, a.* from unnest($1::uuid[]) p (id)"
        f" cross join lateral ({_ranked(same_name, same_number, _behind_both())}) a", ids,
    )  # fmt: skip
    return grouped(ids, rows)


async def of_said(*, name: str | None = None, tax_number: str | None = None,
                  email: str | None = None) -> Sequence[Any]:  # fmt: skip
    """Those that may be the client of whom this is said."""
    return await current().fetch(
        _ranked(_alike_in_name("(select name_key($1))"), _with_the_number("(select tax_key($2))"),
                _with_the_address("lower($3::text)")), name, tax_number, email,
    )  # fmt: skip


def _ranked(*ways: str) -> str:
    """The clients found in any of the ways, in how many each: what speaks most for it first."""
    found = " union all ".join(f"({way} limit {MOST})" for way in ways)
    return (
        f"select f.client_id, array_agg(distinct f.alike) as alike from ({found})"
        " f (client_id, alike) group by f.client_id"
        f" order by count(distinct f.alike) desc, f.client_id limit {MOST}"
    )


def _alike_in_name(key: str, where: str = "true", beside: str = "") -> str:
    return (
        f"select t.id, 'name' from {beside} client t where t.name_key = {key} and {where}"
        f" and {visible(Client, current().viewer)}"
    )


def _with_the_number(key: str, where: str = "true", beside: str = "") -> str:
    """For who may not read tax ids nothing is alike in them: they could be guessed so."""
    viewer = current().viewer
    return (
        f"select t.id, 'tax_id' from {beside} client_tax_id x"
        " join client t on t.firm_id = x.firm_id and t.id = x.client_id"
        f" where x.number_key = {key} and {where} and {viewer.may(Permission.READ_TAX_IDS)}"
        f" and {visible(Client, viewer)}"
    )


def _with_the_address(key: str) -> str:
    return (
        "select t.id, 'email' from contact c"
        " join client_contact k on k.firm_id = c.firm_id and k.contact_id = c.id"
        " join client t on t.firm_id = k.firm_id and t.id = k.client_id"
        f" where c.email_key = {key} and {visible(Client, current().viewer)}"
    )


def _behind_both() -> str:
    return (
        "select t.id, 'email' from client_contact o"
        " join contact c on c.firm_id = o.firm_id and c.id = o.contact_id"
        " join client_contact k on k.firm_id = c.firm_id and k.contact_id = c.id"
        " join client t on t.firm_id = k.firm_id and t.id = k.client_id"
        " where o.client_id = p.id and t.id <> p.id and c.email is not null"
        f" and {visible(Client, current().viewer)}"
    )

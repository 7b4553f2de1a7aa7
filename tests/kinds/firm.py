"""What happens to the firm, its people and their keys."""

from datetime import date

from uuid_utils.compat import uuid7

from models.events import EventKind
from models.external_ids import ExternalId
from models.firms import Firm, LegalEntity
from models.members import Capacity, Member, TimeOff
from models.permissions import READING
from models.sign_in import ApiToken, Credential, Session
from models.teams import Team
from models.unit_of_work import current, unit_of_work
from tests.cast import House
from tests.kinds.acts import Course, causes

DAY = date(2026, 1, 5)


async def newcomer(house: House) -> Member:
    async with unit_of_work(house.ada):
        return await Member.join(email=f"{uuid7().hex}@harbour.example", name="Gus", role="staff")


@causes(EventKind.FIRM_CHANGED)
async def the_firm_is_called_otherwise(house: House) -> Course:
    yield house.ada
    await (await Firm.mine()).change({"name": "Harbour & Co."}, None)


@causes(EventKind.LEGAL_ENTITY_CHANGED)
async def its_tax_number_is_noted(house: House) -> Course:
    yield house.ada
    id = await current().fetchval("select id from legal_entity")
    await (await LegalEntity.load(id)).change(
        {"tax_ids": [{"name": "VAT", "number": "GB 1"}]}, None
    )


@causes(EventKind.MEMBER_JOINED)
async def somebody_joins(house: House) -> Course:
    yield house.ada
    await Member.join(email="hal@harbour.example", name="Hal", role="staff")


@causes(EventKind.MEMBER_CHANGED)
async def somebody_gets_another_role(house: House) -> Course:
    gus = await newcomer(house)
    yield house.ada
    await (await Member.load(gus.id)).change({"role": "manager"}, None)


@causes(EventKind.MEMBER_LEFT)
async def somebody_leaves(house: House) -> Course:
    gus = await newcomer(house)
    yield house.ada
    await (await Member.load(gus.id)).leave(DAY)


@causes(EventKind.CAPACITY_SET)
async def somebody_works_an_hour_a_day(house: House) -> Course:
    yield house.ada
    await Capacity.set(await Member.me(), from_date=DAY, weekday_seconds=[3600] * 7)


@causes(EventKind.TIME_OFF_RECORDED)
async def somebody_takes_a_day_off(house: House) -> Course:
    yield house.ada
    await TimeOff.note(await Member.me(), kind="holiday", first_date=DAY, last_date=DAY)


@causes(EventKind.TEAM_CREATED)
async def a_team_is_formed(house: House) -> Course:
    yield house.ada
    await Team.form(name="Payroll")


@causes(EventKind.TEAM_CHANGED)
async def a_team_is_called_otherwise(house: House) -> Course:
    yield house.ada
    await (await Team.load(house.taxes)).change({"name": "Tax"}, None)


@causes(EventKind.TEAM_MEMBER_ADDED)
async def somebody_joins_a_team(house: House) -> Course:
    gus = await newcomer(house)
    yield house.ada
    await (await Team.load(house.taxes)).add(await Member.load(gus.id))


@causes(EventKind.TEAM_MEMBER_REMOVED)
async def somebody_leaves_a_team(house: House) -> Course:
    gus = await newcomer(house)
    async with unit_of_work(house.ada):
        await (await Team.load(house.taxes)).add(gus)
    yield house.ada
    await (await Team.load(house.taxes)).remove(await Member.load(gus.id))


@causes(EventKind.PASSWORD_SET)
async def somebody_gets_a_password(house: House) -> Course:
    gus = await newcomer(house)
    yield house.ada
    await Credential.set(await Member.load(gus.id), "no hash of any word")


@causes(EventKind.SESSION_OPENED)
async def somebody_signs_in(house: House) -> Course:
    yield house.ben
    await Session.open(house.ben.id)


@causes(EventKind.SESSION_CLOSED)
async def somebody_signs_out(house: House) -> Course:
    async with unit_of_work(house.ben):
        session, _ = await Session.open(house.ben.id)
    yield house.ben
    await (await Session.load(session.id)).close()


@causes(EventKind.API_TOKEN_CREATED)
async def a_token_is_made(house: House) -> Course:
    yield house.ben
    await ApiToken.issue(member_id=house.ben.id, name="Export", scopes=tuple(READING))


@causes(EventKind.API_TOKEN_REVOKED)
async def a_token_is_revoked(house: House) -> Course:
    async with unit_of_work(house.ben):
        made, _ = await ApiToken.issue(member_id=house.ben.id, name="Old", scopes=tuple(READING))
    yield house.ben
    await (await ApiToken.load(made.id)).revoke()


@causes(EventKind.EXTERNAL_ID_KEPT)
async def another_systems_name_is_kept(house: House) -> Course:
    yield house.ada
    await ExternalId.create(EventKind.EXTERNAL_ID_KEPT, given={
        "system": "xero", "entity": "client", "key": "7", "entity_id": house.bakery,
        "client_id": house.bakery,
    })  # fmt: skip

"""What happens to clients, their people, and the portal."""

from uuid_utils.compat import uuid7

from models import ending
from models.client_facts import ClientAddress, ClientKeyDate, ClientTaxId
from models.clients import Client, ClientRelation, ClientRole
from models.contacts import Contact
from models.engagements import Engagement
from models.events import EventKind
from models.external_ids import ExternalId
from models.members import Member
from models.messages import Message
from models.portal_sign_in import MagicLink, PortalSession
from models.unit_of_work import current, unit_of_work
from tests.cast import House
from tests.guests import in_portal, invited
from tests.kinds.acts import Course, causes


async def kit(house: House) -> Contact:
    """A contact of the bakery's who may look at it in the portal."""
    id = await invited(house, house.bakery, email=f"{uuid7().hex}@bakery.example")
    async with unit_of_work(house.ada):
        return await Contact.load(id)


async def client(house: House) -> Client:
    async with unit_of_work(house.ada):
        return await Client.add(name="The Ferry")


@causes(EventKind.CLIENT_ADDED)
async def a_client_comes(house: House) -> Course:
    yield house.ada
    await Client.add(name="The Brewery")


@causes(EventKind.CLIENT_CHANGED)
async def a_client_is_made_restricted(house: House) -> Course:
    ferry = await client(house)
    yield house.ada
    await (await Client.load(ferry.id)).change({"restricted": True}, None)


@causes(EventKind.CLIENT_ROLE_ASSIGNED)
async def somebody_gets_a_part(house: House) -> Course:
    ferry = await client(house)
    yield house.ada
    await (await Client.load(ferry.id)).assign(await Member.load(house.dan.id), "preparer")


@causes(EventKind.CLIENT_ROLE_ENDED)
async def a_part_ends(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        role = await ferry.assign(await Member.me(), "manager")
    yield house.ada
    await (await ClientRole.load(role.id)).end()


@causes(EventKind.CLIENTS_RELATED)
async def a_client_owns_another(house: House) -> Course:
    ferry = await client(house)
    yield house.ada
    await (await Client.load(house.mill)).relate(await Client.load(ferry.id), "owns")


@causes(EventKind.CLIENT_RELATION_ENDED)
async def it_owns_it_no_more(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        relation = await (await Client.load(house.mill)).relate(ferry, "owns")
    yield house.ada
    await (await ClientRelation.load(relation.id)).end()


@causes(EventKind.EXTERNAL_ID_REMOVED)
async def it_calls_it_so_no_more(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        await ExternalId.give(ferry, "xero", ferry.id.hex)
    yield house.ada
    await ExternalId.take_away(await Client.load(ferry.id), "xero", ferry.id.hex)


@causes(EventKind.CLIENT_TAX_ID_SET)
async def a_client_has_a_tax_id(house: House) -> Course:
    ferry = await client(house)
    yield house.ada
    await ClientTaxId.set(await Client.load(ferry.id), kind="VAT", number="GB 123 456 789")


@causes(EventKind.CLIENT_TAX_ID_REMOVED)
async def it_has_it_no_more(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        tax_id = await ClientTaxId.set(ferry, kind="VAT", number="GB 123 456 789")
    yield house.ada
    await (await ClientTaxId.load(tax_id.id)).remove()


@causes(EventKind.CLIENT_ADDRESS_SET)
async def a_client_moves(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        await ClientAddress.set(ferry, purpose="postal", line1="1 Quay", country="GB")
    yield house.ada
    moved = {"purpose": "postal", "line1": "2 Quay", "country": "IE"}
    await ClientAddress.set(await Client.load(ferry.id), **moved)


@causes(EventKind.CLIENT_ADDRESS_REMOVED)
async def nobody_knows_where_to(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        where = await ClientAddress.set(ferry, purpose="postal", line1="1 Quay", country="GB")
    yield house.ada
    await (await ClientAddress.load(where.id)).remove()


@causes(EventKind.CLIENT_KEY_DATE_SET)
async def a_client_has_a_year_end(house: House) -> Course:
    ferry = await client(house)
    yield house.ada
    await ClientKeyDate.set(await Client.load(ferry.id), name="Year-end", month=3, day=31)


@causes(EventKind.CLIENT_KEY_DATE_REMOVED)
async def a_day_matters_no_more(house: House) -> Course:
    ferry = await client(house)
    async with unit_of_work(house.ada):
        day = await ClientKeyDate.set(ferry, name="Year-end", month=3, day=31)
    yield house.ada
    await (await ClientKeyDate.load(day.id)).remove()


@causes(EventKind.CONTACT_ADDED)
async def a_contact_is_noted(house: House) -> Course:
    yield house.ada
    await Contact.add(name="Lea")


@causes(EventKind.CONTACT_CHANGED)
async def a_contact_is_called_otherwise(house: House) -> Course:
    lea = await kit(house)
    yield house.ada
    await (await Contact.load(lea.id)).change({"name": "Lea Miller"}, None)


@causes(EventKind.CONTACT_LINKED)
async def a_contact_becomes_a_director(house: House) -> Course:
    lea = await kit(house)
    yield house.ada
    await lea.link(await Client.load(house.mill), "director")


@causes(EventKind.CONTACT_UNLINKED, EventKind.PORTAL_ACCESS_WITHDRAWN)
async def a_contact_is_a_director_no_more(house: House) -> Course:
    lea = await kit(house)
    yield house.ada
    await lea.unlink(await Client.load(house.bakery), "director")


@causes(EventKind.PORTAL_ACCESS_GRANTED)
async def the_portal_is_opened(house: House) -> Course:
    lea = await kit(house)
    async with unit_of_work(house.ada):
        await lea.link(await Client.load(house.mill), "director")
    yield house.ada
    await lea.open_portal(await Client.load(house.mill))


@causes(EventKind.PORTAL_ACCESS_WITHDRAWN, EventKind.MAGIC_LINK_LAPSED,
        EventKind.PORTAL_SESSION_CLOSED)  # fmt: skip
async def the_portal_is_closed_with_all_that_leads_in(house: House) -> Course:
    lea = await kit(house)
    async with unit_of_work(house.ada):
        await MagicLink.send(lea)
        await PortalSession.open(lea.id)
    yield house.ada
    await lea.close_portal(house.bakery)


@causes(EventKind.MAGIC_LINK_SENT)
async def a_link_is_sent(house: House) -> Course:
    lea = await kit(house)
    yield house.system
    await MagicLink.send(lea)


@causes(EventKind.MAGIC_LINK_REDEEMED, EventKind.PORTAL_SESSION_OPENED)
async def a_link_is_followed(house: House) -> Course:
    lea = await kit(house)
    async with unit_of_work(house.system):
        link = await MagicLink.send(lea)
    assert link is not None
    yield house.system
    await (await MagicLink.load(link.id)).redeem()


@causes(EventKind.ENGAGEMENT_STARTED, EventKind.ENGAGEMENT_SERVICE_ADDED)
async def a_client_agrees_to_something(house: House) -> Course:
    yield house.ada
    await Engagement.start(client_id=house.mill, name="Accounts", service_ids=[house.accounts])


@causes(EventKind.ENGAGEMENT_ENDED)
async def it_is_over(house: House) -> Course:
    async with unit_of_work(house.ada):
        made = await Engagement.start(client_id=house.mill, name="Once", service_ids=[])
    yield house.ada
    await ending.end(await Engagement.load(made.id))


@causes(EventKind.MESSAGE_SENT)
async def the_firm_writes_to_a_client(house: House) -> Course:
    await kit(house)
    yield house.dan
    await Message.send(client_id=house.bakery, body="All is filed.")


@causes(EventKind.MESSAGE_READ)
async def the_client_reads_it(house: House) -> Course:
    lea = await kit(house)
    async with unit_of_work(house.dan):
        message = await Message.send(client_id=house.bakery, body="All is paid.")
        await current().execute("select 1")
    yield in_portal(house, lea.id)
    await (await Message.load(message.id, lock=False)).read()

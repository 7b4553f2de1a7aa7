"""A firm, its legal entity and its office."""

from decimal import Decimal

import pytest
from uuid_utils.compat import uuid7

from benchmarks.listening import listening
from models.clients import Client, firm_today
from models.database import Database
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.firms import Firm, LegalEntity, Office
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

FACTS = {"country": "GB", "currency": "GBP", "locale": "en-GB", "time_zone": "Europe/London"}


async def test_a_firm_is_founded_with_a_legal_entity_an_office_and_a_stream(
    practice: Database,
) -> None:
    viewer = Viewer.system(uuid7(), "test")
    async with unit_of_work(viewer):
        firm = await Firm.found(name="Quay", **FACTS)
    async with reading(viewer) as unit:
        kinds = await unit.fetch("select seq, kind from event order by seq")
        assert [(row["seq"], EventKind(row["kind"])) for row in kinds] == [
            (1, EventKind.FIRM_FOUNDED),
            (2, EventKind.LEGAL_ENTITY_ADDED),
            (3, EventKind.OFFICE_OPENED),
        ]
        assert firm.id == firm.firm_id == viewer.firm_id
        assert (await LegalEntity.all())[0].name == "Quay"
        assert (await Office.main()).time_zone == "Europe/London"


async def test_a_firm_in_a_time_zone_that_does_not_exist_is_not_founded(
    practice: Database,
) -> None:
    with pytest.raises(ValidationError, match="IANA") as caught:
        async with unit_of_work(Viewer.system(uuid7(), "test")):
            await Firm.found(name="Quay", **FACTS | {"time_zone": "Mars/Olympus"})
    assert caught.value.path == ("timeZone",)


async def test_a_firm_changes_its_own_facts(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ada) as action:
        firm = await (await Firm.mine()).change({"name": "Harbour & Co", "week_start": 7}, None)
    assert (firm.name, firm.week_start, firm.version) == ("Harbour & Co", 7, 2)
    assert action.only(EventKind.FIRM_CHANGED)["payload"] == {
        "name": ["Harbour Accountants", "Harbour & Co"],
        "week_start": [1, 7],
    }


async def test_a_firm_does_not_move_to_an_unknown_time_zone(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, ValidationError, path="timeZone"):
        await (await Firm.mine()).change({"time_zone": "Europe/Atlantis"}, None)


async def test_a_firm_speaks_a_locale_that_a_browser_can_read(cast: Cast) -> None:
    for name in ("en_GB", "not a locale", "x"):
        async with verify_refusal(cast.harbour, cast.harbour.ada, ValidationError, path="locale"):
            await (await Firm.mine()).change({"locale": name}, None)
    async with verify_action(cast.harbour, cast.harbour.ada):
        assert (await (await Firm.mine()).change({"locale": "es-419"}, None)).locale == "es-419"


async def test_my_firm_is_the_one_of_my_unit_of_work(cast: Cast) -> None:
    async with reading(cast.alpine.dan):
        assert (await Firm.mine()).currency == "CHF"


async def test_the_other_firm_cannot_be_loaded_by_its_id(cast: Cast) -> None:
    async with reading(cast.alpine.ada):
        with pytest.raises(NotFound):
            await Firm.load(cast.harbour.id, lock=False)


async def test_a_firm_without_an_office_says_so(practice: Database) -> None:
    async with reading(Viewer.system(uuid7(), "test")):
        with pytest.raises(ValidationError, match="no office"):
            await Office.main()


async def test_a_legal_entity_changes_its_letterhead(cast: Cast) -> None:
    house = cast.harbour
    said = [{"name": "VAT", "number": "GB1"}, {"name": "UTR", "number": "2"}]
    async with reading(house.ada):
        (known,) = await LegalEntity.all()
    async with verify_action(house, house.ada) as action:
        entity = await LegalEntity.load(known.id)
        await entity.change({"name": "Harbour LLP", "tax_ids": said}, None)
    assert entity.tax_ids == {"VAT": "GB1", "UTR": "2"}
    assert action.kinds == [EventKind.LEGAL_ENTITY_CHANGED]
    for wrong in (said * 2, [{"name": "", "number": "1"}], [{"name": "VAT", "number": "1" * 51}]):
        async with verify_refusal(house, house.ada, ValidationError, path="taxIds"):
            await (await LegalEntity.load(known.id)).change({"tax_ids": wrong}, None)


@pytest.mark.parametrize("rate", ["-1", "100.1", "0.00001"])
async def test_a_tax_rate_is_a_percentage(cast: Cast, rate: str) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, ValidationError, path="taxRate"):
        await (await Firm.mine()).change({"tax_rate": Decimal(rate)}, None)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"country": "XX"}, "country"),
        ({"country": "us"}, "country"),
        ({"currency": "ABC"}, "currency"),
    ],
)
async def test_a_firm_is_founded_in_a_country_and_a_currency_that_exist(
    practice: Database, wrong: dict[str, str], path: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        async with unit_of_work(Viewer.system(uuid7(), "test")):
            await Firm.found(name="New", **{**FACTS, **wrong})

    assert caught.value.path == (path,)


async def test_a_client_is_invoiced_in_a_currency_that_exists(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="currency"):
        await Client.add(name="Odd", currency="ZZZ")


async def test_the_firms_day_follows_its_clock_at_once_and_stays_for_whoever_only_reads(
    cast: Cast,
) -> None:
    ada = cast.harbour.ada
    async with reading(ada) as unit:
        today = await firm_today()
        async with listening(unit) as sent:
            assert await firm_today() == today
        assert sent == []
    async with unit_of_work(ada):
        firm = await Firm.mine()
        days = []
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
            await firm.change({"time_zone": zone}, None)
            days.append(await firm_today())
    assert days[0] > days[1]

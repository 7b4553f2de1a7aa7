"""Every place of the portal's root fields, given what nobody sane would send: refused in clear
words or kept, never a fault of ours."""

import json

import pytest

from server.errors import Code
from tests.portal.strangers import ROOTS, Guest
from tests.server.test_hostile_values import SHAPES, VALUES
from tests.walk import Root

pytestmark = pytest.mark.files


@pytest.mark.parametrize("root", [root for root in ROOTS if root.places], ids=str)
async def test_it_is_never_a_fault_of_ours(guest: Guest, root: Root) -> None:
    for place in root.places:
        for value in (*VALUES.get(place.type_name, ("NOPE",)), *SHAPES):
            answer = await guest.site.http.post(
                "/portal/graphql",
                content=json.dumps(root.request(guest.own, place, value, 0)),
                headers={
                    "authorization": f"Bearer {guest.token}",
                    "content-type": "application/json",
                },
            )
            said = f"{root} {place} = {value!r:.60}: {answer.status_code} {answer.text[:600]}"
            assert answer.status_code in (200, 400), said
            assert Code.INTERNAL not in answer.text, said
            assert Code.UNAUTHENTICATED not in answer.text, said

"""`openpractice found`: a server that was started empty gets a firm and somebody to sign in."""

from pathlib import Path

import httpx

from tests.server.launcher import refusal, running, say

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) { token errors { code } } }"""
FACTS = (
    "--owner", "Iris Quay", "--email", "iris@quay.example", "--country", "GB",
    "--currency", "GBP", "--time-zone", "Europe/London",
)  # fmt: skip
PASSWORD = "a-long-enough-secret"


async def test_the_owner_of_a_new_firm_signs_in_at_the_running_server(begun: Path) -> None:
    async with running(begun) as launched:
        code, said, complaint = await say(
            "found",
            "Quay Accountants",
            *FACTS,
            "--data",
            str(begun),
            OPENPRACTICE_OWNER_PASSWORD=PASSWORD,
        )
        assert (code, complaint) == (0, "")
        assert said == "Quay Accountants is founded. Iris Quay can sign in as iris@quay.example.\n"

        async with httpx.AsyncClient(base_url=launched.address) as client:
            person = {"email": "iris@quay.example", "password": PASSWORD}
            asked = {"query": SIGN_IN, "variables": {"input": person}}
            answered = (await client.post("/graphql", json=asked)).json()
            token = answered["data"]["signIn"]["token"]
            asked = {"query": "{ firm { name } workflows { name } }"}
            bearer = {"authorization": f"Bearer {token}"}
            seen = (await client.post("/graphql", json=asked, headers=bearer)).json()["data"]
        assert seen == {"firm": {"name": "Quay Accountants"}, "workflows": [{"name": "Standard"}]}

        again = await refusal(
            "found", "quay accountants", *FACTS, "--data", str(begun),
            OPENPRACTICE_OWNER_PASSWORD=PASSWORD,
        )  # fmt: skip
        assert again.startswith("Quay Accountants (firm_")
        assert again.endswith(
            ") is here already, and iris@quay.example is an owner of it: sign in there,"
            " or found another firm under another name."
        )

        sentence = await refusal(
            "found", "Other", *FACTS, "--data", str(begun), OPENPRACTICE_OWNER_PASSWORD="short"
        )
        assert sentence == "A password has 12 to 128 characters."

"""What clients' contacts do in the portal."""

import random

from tests.chaos.acts import WORDS, Act, acts
from tests.chaos.stage import CONTACTS, Stage

acts.of_one(3, "answerItem", "item", answer=WORDS, people=CONTACTS)
acts.of_one(1, "readMessage", "message", people=CONTACTS)


@acts.add(2, CONTACTS)
def write_to_the_firm(stage: Stage, chance: random.Random) -> Act | None:
    client = stage.id("client", chance.choice(["bakery", "mill"]))
    said = {"clientId": client, "body": chance.choice(WORDS)}
    return Act("sendMessage", said, "message", "made: message { id }")

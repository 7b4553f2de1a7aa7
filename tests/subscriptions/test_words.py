"""What processes tell each other of who is where reads as it was said, or not at all."""

from uuid import uuid4

import pytest

from subscriptions import words
from subscriptions.gathering import Place, Presence

BOARD = Place("job_board")


def test_a_word_reads_as_it_was_written_in_as_many_as_it_needs() -> None:
    place = Place("job", uuid4())
    said = {n: Presence(uuid4(), place, Place("task", uuid4()), "notes") for n in range(120)}
    told = {**said, 120: None, 121: Presence(uuid4(), BOARD)}

    heard = [words.read(text) for text in words.written("here", told)]

    assert len(heard) == 3
    assert {n: one for word in heard if word for n, one in word.said.items()} == told
    assert [words.read(text) for text in words.written("here", {}, asks=True)] == [
        words.Word("here", {}, asks=True)
    ]
    assert list(words.written("here", {})) == []


@pytest.mark.parametrize(
    "text",
    ["", "*", "1", "null", "[]", '["p", 1, true]', '["p", [[]], false]', '["p", [["x"]], false]',
     '["p", [[1, "no uuid", "job_board", null, null]], false]',
     '["p", [[1, "0", 7, null, null]], false]', '["p", [[1, 2]], false]', "gibberish \ud83d"],
)  # fmt: skip
def test_what_strangers_say_is_no_word(text: str) -> None:
    assert words.read(text) is None

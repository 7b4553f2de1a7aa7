"""Frames that are written at once: between whom, through which gate, and past whom not."""

from typing import Any

import pytest

from server.sockets.frames import following
from server.sockets.pushes import Gate, Push, header

PAYLOADS = {size: b"x" * size for size in (1, 60, 700, 70_000)}


@pytest.mark.parametrize("size", PAYLOADS)
def test_a_pushed_frame_is_the_one_that_would_be_sent(size: int) -> None:
    lines: dict[str, list[bytes]] = {"a": [], "b-longer": [], "c": []}
    pushes = {id: Gate(line.append).push(id) for id, line in lines.items()}

    assert Push.to_each(pushes, PAYLOADS[size]) == []

    for id, line in lines.items():
        text = following(id, PAYLOADS[size]).encode()
        assert line == [header(len(text)) + text]


def test_a_gate_is_shut_for_a_while_or_for_good() -> None:
    line: list[bytes] = []
    gate = Gate(line.append)
    push, other = gate.push("a"), gate.push("b")

    gate.set(open=False)
    assert not push(b"{}")
    assert not other(b"{}")
    assert not gate.push("c")(b"{}")
    gate.set(open=True)
    assert push(b"{}")
    gate.hush()
    gate.set(open=True)
    assert not push(b"{}")
    assert not gate.push("d")(b"{}")
    assert len(line) == 1


def test_whose_line_breaks_is_passed_over_and_nobody_is_told_twice() -> None:
    def broken(_: bytes) -> Any:
        raise OSError("the cable is pulled")

    before: list[bytes] = []
    after: list[bytes] = []
    gates = {"before": before.append, "broken": broken, "after": after.append}
    pushes = {who: Gate(write).push("a") for who, write in gates.items()}

    assert Push.to_each(pushes, b"{}") == ["broken"]
    assert (len(before), len(after)) == (1, 1)

"""The judge of chaos sees what it is there for; whoever never fails proves nothing."""

import pytest

from tests.chaos.judge import Counts, Stretch, judge

DUE = range(1, 100)


def heard(*numbers: int) -> Stretch:
    """A stretch after event 3, resumed for the last time after event 8."""
    return Stretch(after=3, upto=8, heard=list(numbers))


def test_whoever_heard_each_event_once_in_its_place_heard_well() -> None:
    counts = judge(heard(4, 5, 6, 7, 8), DUE)

    assert counts == Counts(deliveries=5)


@pytest.mark.parametrize(
    ("stretch", "wrong"),
    [
        (heard(4, 5, 7, 8), Counts(deliveries=4, lost=1)),
        (heard(5, 6, 7, 8), Counts(deliveries=4, lost=1)),
        (heard(4, 5, 6, 7), Counts(deliveries=4, lost=1)),
        (heard(), Counts(lost=5)),
        (heard(4, 5, 5, 6, 7, 8), Counts(deliveries=6, duplicated=1)),
        (heard(4, 5, 6, 7, 8, 4), Counts(deliveries=6, duplicated=1)),
        (heard(3, 4, 5, 6, 7, 8), Counts(deliveries=6, duplicated=1)),
        (heard(4, 6, 5, 7, 8), Counts(deliveries=5, disordered=1)),
        (heard(8, 4, 5, 6, 7), Counts(deliveries=5, disordered=4)),
        (heard(4, 6, 5, 5, 7), Counts(deliveries=5, lost=1, duplicated=1, disordered=1)),
    ],
)
def test_what_was_lost_doubled_or_out_of_its_place_is_counted(
    stretch: Stretch, wrong: Counts
) -> None:
    assert judge(stretch, DUE) == wrong


def test_what_one_may_not_see_need_not_come_and_must_not() -> None:
    assert judge(heard(4, 6, 7, 8), {4, 6, 7, 8}, hidden={5}) == Counts(deliveries=4)
    assert judge(heard(4, 5, 6, 7, 8), {4, 6, 7, 8}, hidden={5}) == Counts(deliveries=5, leaked=1)


def test_whoever_was_cut_off_owes_nothing_beyond_where_they_would_resume() -> None:
    assert judge(Stretch(after=3, upto=3), DUE) == Counts()


@pytest.mark.parametrize("wrong", ["lost", "duplicated", "disordered", "behind", "leaked"])
def test_one_of_anything_wrong_is_not_clean(wrong: str) -> None:
    assert Counts(events=9, deliveries=9).clean
    assert not Counts(events=9, deliveries=9, **{wrong: 1}).clean


def test_a_run_in_which_nothing_happened_is_not_clean() -> None:
    assert not Counts(events=9).clean
    assert not Counts(deliveries=9).clean

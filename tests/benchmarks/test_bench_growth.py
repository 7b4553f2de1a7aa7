"""`make bench-growth` in small."""

from tests.benchmarks.measuring import figures_of

BOARDS = (
    "JobBoard MY_TEAMS SOON CATEGORY", "JobBoard EVERYTHING THIS_WEEK DUE_WEEK",
    "TaskBoard MY_TEAMS SOON PERSON",
    "JobCounts MINE SOON CATEGORY",
)  # fmt: skip


async def test_it_ends_with_ratios_and_a_page_touches_no_more_in_a_larger_firm() -> None:
    ratios = await figures_of("benchmarks.growth", "--clients", "40", "--rounds", "20")

    assert list(ratios) == ["p50_ratio", "buffers_ratio", "p99_ratio"]
    assert all(ratio > 0 for by_question in ratios.values() for ratio in by_question.values())
    assert ratios["buffers_ratio"].keys() > {*BOARDS, "Clients", "NextClients"}
    # Of these no busy machine changes anything.
    assert all(ratio <= 1.5 for ratio in ratios["buffers_ratio"].values())

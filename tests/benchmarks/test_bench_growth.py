"""`make bench-growth` in small."""

from tests.benchmarks.measuring import figures_of

FLAT = ("JobBoard", "Clients", "NextClients")
"""What touches as little in a firm ten times as large: figures that no busy machine changes."""


async def test_it_ends_with_ratios_and_a_page_touches_no_more_in_a_larger_firm() -> None:
    ratios = await figures_of("benchmarks.growth", "--clients", "40", "--rounds", "20")

    assert list(ratios) == ["p50_ratio", "buffers_ratio", "p99_ratio"]
    assert all(ratio > 0 for by_question in ratios.values() for ratio in by_question.values())
    assert all(ratios["buffers_ratio"][question] <= 1.5 for question in FLAT)

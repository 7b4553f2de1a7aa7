"""`make bench-report` in small."""

from tests.benchmarks.measuring import figures_of


async def test_it_ends_with_what_a_report_takes_here_and_elsewhere_once_both_say_the_same() -> None:
    figures = await figures_of("benchmarks.report", "--clients", "5", "--rounds", "3")

    assert list(figures) == ["ms", "ratio"]
    assert all(ms > 0 for ms in figures["ms"].values())
    assert list(figures["ratio"]) == ["idiomatic"]

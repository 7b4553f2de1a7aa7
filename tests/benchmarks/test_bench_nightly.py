"""`make bench-nightly` in small."""

from tests.benchmarks.measuring import figures_of


async def test_it_ends_with_how_much_was_made_in_what_time_and_nothing_of_it_twice() -> None:
    figures = await figures_of("benchmarks.nightly", "--clients", "60")

    assert list(figures) == ["clients", "jobs_created", "seconds", "peak_mib", "twice"]
    assert (figures["clients"], figures["jobs_created"], figures["twice"]) == (60, 300, 0)
    assert figures["seconds"] > 0
    assert figures["peak_mib"] > 0

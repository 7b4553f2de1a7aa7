"""When Python looks for garbage: never among what a process started with, which stays.

`import server` turns the search off; it would be a third of a start, and find nothing.
"""

import gc


def collect_from_here_on() -> None:
    """What has been made so far is never looked at again; what comes is, seldom enough that a
    request's many small rows are gone before."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()

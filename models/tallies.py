"""The cards of boards, added up behind the stream: by the worker, as the queue's role alone."""

from models.database import Database


async def add_up(queue: Database) -> None:
    """Let the sums take in what has happened in all firms since the last time.

    `queue` is open as role openpractice_queue. What another worker adds up already is left to it.
    """
    for firm in await queue.pool.fetch("select id from untallied_firms() id"):
        while await queue.pool.fetchval("select tally_firm($1)", firm["id"]):
            pass

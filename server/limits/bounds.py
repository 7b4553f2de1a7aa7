"""Every bound that the wire puts on what comes in. Past each of them stands a clear answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request, one document, one socket may ask of a door."""

    # The request
    body_bytes: int = 100_000
    body_seconds: float = 15
    json_depth: int = 20
    deadline_seconds: float = 10

    # The document; persisted documents are ours and may have any number of tokens
    tokens: int = 1_000
    depth: int = 12
    introspection_depth: int = 20
    aliases: int = 30
    directives: int = 20
    # One response name at one level: comparing all pairs of them is what validation dies of
    repeats: int = 20
    # Fragments that spread fragments that spread fragments
    chain: int = 50
    cost: int = 5_000

    # Pages and lists
    page: int = 50
    longest_page: int = 250
    longest_list: int = 250
    list_without_paging: int = 10

    # The socket
    frame_bytes: int = 262_144
    operations_per_socket: int = 100
    init_seconds: float = 5
    send_seconds: float = 10

    # The event stream, which is bounded like a socket otherwise
    beat_seconds: float = 12
    stream_seconds: float = 3600


STAFF = Bounds()
PORTAL = Bounds(cost=1_000)

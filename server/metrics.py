"""What Prometheus may know: numbers about operations and who listens, never what was in them."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

OPERATIONS = Counter(
    "openpractice_operations",
    "GraphQL operations, by the code of their first error or OK.",
    ("door", "kind", "outcome"),
)
SECONDS = Histogram(
    "openpractice_operation_seconds",
    "How long queries and mutations took.",
    ("door", "kind"),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
OPERATION_COST = Histogram(
    "openpractice_operation_cost_points",
    "What operations cost by the rule of limits.",
    ("door",),
    buckets=(1, 10, 50, 100, 250, 500, 1_000, 2_500, 5_000),
)
FELL_BACK = Counter(
    "openpractice_engine_fell_back", "Operations that graphql-core ran, by the reason.", ("why",)
)
REFUSALS = Counter(
    "openpractice_refusals", "Requests answered without being run.", ("door", "code")
)
SOCKETS = Gauge("openpractice_sockets", "Sockets open now.", ("door",))
SOCKET_OPERATIONS = Gauge(
    "openpractice_socket_operations", "Operations running on sockets now.", ("door",)
)
SOCKET_CLOSES = Counter(
    "openpractice_socket_closes", "Sockets that this server closed, by code.", ("door", "code")
)
EVENT_STREAMS = Gauge("openpractice_event_streams", "Event streams open now.", ("door",))
EVENT_STREAM_CLOSES = Counter(
    "openpractice_event_stream_closes",
    "Event streams that this server ended, by the code that a socket would be closed with.",
    ("door", "code"),
)
PIECES = Counter(
    "openpractice_pieces", "Pieces of background work, by how they ended.", ("kind", "outcome")
)
PIECE_SECONDS = Histogram(
    "openpractice_piece_seconds", "How long pieces of background work took.", ("kind",)
)

_NEAR = {"127.0.0.1", "::1", "testclient"}


async def metrics(request: Request) -> Response:
    """The numbers as Prometheus reads them; for this machine alone, a proxy must not pass it."""
    client = request.client.host if request.client else ""
    if client not in _NEAR:
        return PlainTextResponse("Metrics are told on this machine only.\n", status_code=403)
    return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

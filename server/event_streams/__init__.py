"""GraphQL over server-sent events, each operation a connection: where WebSockets are blocked."""

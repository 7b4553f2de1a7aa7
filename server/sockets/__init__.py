"""GraphQL over WebSocket: the graphql-transport-ws protocol, and nothing older."""

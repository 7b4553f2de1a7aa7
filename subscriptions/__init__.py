"""The live side: each firm's stream of events, out to those who may see it."""

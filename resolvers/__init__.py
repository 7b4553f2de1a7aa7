"""The use cases: load through the viewer, call one verb, return what it made."""

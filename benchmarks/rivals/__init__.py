"""Servers that others would write, with what they would take: nothing in here is ours."""

"""Strawberry, Tortoise and DataLoader, each used as its documentation says."""

"""The client's door: a second, smaller schema, in which the inside of a firm has no names."""

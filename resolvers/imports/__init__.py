"""Real input: a firm's clients and its tracked time, read from the files other products write.

The parsers are pure: they turn cells into rows that mean something, or say why they cannot.
`clients.run` and `time_entries.run` bring those rows in, each file in one transaction.
"""

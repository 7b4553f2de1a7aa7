"""What `openpractice` can be told to do: each command a thin function over the rooms below."""

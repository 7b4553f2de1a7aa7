"""Many screens that follow what happens in one firm: who holds them, and what is measured."""

"""What a command says when it cannot do its work for a reason the person can mend."""


class CannotStart(Exception):
    """One clear sentence for the person at the terminal: what is wrong and what helps."""

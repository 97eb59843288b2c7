"""Reading what other blogs export. Pure: a parser yields `transfer.records` and asks no database."""


class Unreadable(Exception):
    """The export cannot be read. Its words say what is wrong and where, for the person who moves in."""

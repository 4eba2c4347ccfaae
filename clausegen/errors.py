"""Errors that stop a call: the person at the keyboard can mend them, and no traceback is shown."""


class ClausegenError(Exception):
    """The call cannot be carried out (exit code 2): the message, in French, says why and what to do."""

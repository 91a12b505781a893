"""Errors a user can cause and mend.

Every message is one line that names the input and says what to do; the command line prints it
and turns it into an exit code.  Anything else that is raised is a defect of ours.
"""


class QuotesError(Exception):
    """Something a user can mend; the message is one line."""


class InputError(QuotesError):
    """One input cannot be read; the others can go on."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


class ModelError(QuotesError):
    """The language model is missing or unfit."""


class StoreError(QuotesError):
    """The database cannot be opened or written."""

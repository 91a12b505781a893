"""The command line: thin commands over the library, one module a family.

Database first, `-` is standard input, data on standard output, progress and problems on standard
error.  Exit codes: 0 done; 1 some input failed (named on standard error, the rest done); 2 wrong usage.
"""

from quotes.cli.main import main

__all__ = ["main"]

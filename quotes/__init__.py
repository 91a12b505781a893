"""Who said what, where, and which of it can be checked.

The package finds quotations, speakers and fact claims in English news, stores them in SQLite
with exact character offsets, and publishes them through Datasette.
"""

from importlib.metadata import version

__version__ = version("quotes")

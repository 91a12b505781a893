"""Results into SQLite: one transaction a document, and the same again changes no row."""

from quotes.store.facts import StoredClaim
from quotes.store.store import Counts, Failure, Saved, State, Store, StoredRun, utc_now

__all__ = ["Counts", "Failure", "Saved", "State", "Store", "StoredClaim", "StoredRun", "utc_now"]

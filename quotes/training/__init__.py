"""Fitting the tagger: corpus → targets → network → weights.  Needs the extra `[train]`; nothing at run time does."""

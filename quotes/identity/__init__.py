"""Who is who across documents: one speaker for one person or body, and never one for two.

Pure: profiles in, decisions out; nothing here knows of spaCy or SQLite.
"""

"""Finding quotations: source, cue and content."""

"""Finding out who the sources of quotations are."""

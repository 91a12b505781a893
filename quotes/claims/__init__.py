"""Finding checkable claims, their figures and who asserts them."""

"""Known fact-checks: read as ClaimReview, and found again for the claims of articles."""

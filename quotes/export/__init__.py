"""What leaves the database: ClaimReview, Web Annotations, JSON lines, CSV, feeds and the copy for the public."""

"""The whole guide as one tagged PDF: made in the background, kept outside the database."""

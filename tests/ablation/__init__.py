"""What each mechanism of the search is worth, measured on judged queries."""

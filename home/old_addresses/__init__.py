"""Brings a list of old addresses into the site: read, checked as a whole, then kept or not at all."""

"""Loads the content of ``home/content`` into a site, without ever overwriting an editor."""

"""The mails of a campaign: planned by an editor, written at the moment they leave."""

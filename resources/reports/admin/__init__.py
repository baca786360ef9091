"""The screens of campaigns in the administration."""

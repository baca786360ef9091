"""A whole copy of the data of a hub, taken while people write, and put back."""

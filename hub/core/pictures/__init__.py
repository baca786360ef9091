"""The picture of the first page of a file, drawn in a process that has nothing to lose."""

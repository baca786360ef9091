"""The list of the co-ops that are invited to a campaign: brought in as a sheet, and taken out."""

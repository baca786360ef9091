"""Campaigns: co-ops answer the yearly questionnaire, the federation reads, publishes and learns."""

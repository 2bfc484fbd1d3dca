"""Reads: places and who holds them, contracts, what is missing for an admission."""

"""Guards and people that every test shares."""

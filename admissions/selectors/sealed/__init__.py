"""All reads of what a jury wrote. No page of a candidate may import them (see the contracts in pyproject.toml)."""

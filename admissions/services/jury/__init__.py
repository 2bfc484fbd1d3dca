"""Commands of the jury. What they write is sealed (domain-model.md §2.3)."""

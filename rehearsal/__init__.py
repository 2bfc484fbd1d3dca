"""A campaign played whole, ahead of time, with invented candidates (docs/rehearsal.md)."""

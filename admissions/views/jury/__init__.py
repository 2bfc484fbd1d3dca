"""The jury's screens, under /admin/jury/. For whoever does not study a candidacy, it does not exist."""

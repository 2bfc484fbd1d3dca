"""What other programs read of the notices: public, read-only, nothing kept (docs/api.md)."""

from campaigns.api.routes import router

__all__ = ["router"]

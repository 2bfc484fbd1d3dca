"""What other programs read of the places, as far as a school makes them public."""

from apprenticeship.api.routes import router

__all__ = ["router"]

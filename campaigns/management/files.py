"""The data files that come with the product."""

from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DIPLOMAS = FIXTURES / "diplomas.yaml"

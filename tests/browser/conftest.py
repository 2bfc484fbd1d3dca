import os
import shutil
from pathlib import Path

import pytest

from tests.browser.product import DEMONSTRATION, PREPARE, Product, made

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        "args": CHROMIUM,
    }


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """What products are made from, once for all the workers of a session."""
    own: Path = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def product(tmp_path_factory, shared):
    """The demonstration, embedded as `make run` serves it."""
    product = Product(tmp_path_factory.mktemp("product"))
    product.build(shared / "prepared", [PREPARE])
    product.build(shared / "demonstration", DEMONSTRATION, base=shared / "prepared")
    product.start_from(shared / "demonstration")
    with product.serving():
        yield product


@pytest.fixture(scope="session")
def contract_product(tmp_path_factory, shared):
    """A product without a campaign: each journey of the contrat pro has a year of its own there."""
    folder = tmp_path_factory.mktemp("contracts")
    with made(folder, shared / "prepared", broker=13) as product, product.serving():
        yield product

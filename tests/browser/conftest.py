import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.browser.product import Product
from tests.databases import own_broker, own_database, server

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
    return {"executable_path": shutil.which("chromium"), "args": CHROMIUM}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """What products are made from, once for all the workers of a session."""
    own: Path = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "prepared"


@pytest.fixture(scope="session")
def product(tmp_path_factory, prepared):
    """The served demonstration; on PostgreSQL and Redis when their variables are set."""
    product = Product(tmp_path_factory.mktemp("product"))
    product.given |= own_broker(13)
    with own_database() if server() else nullcontext() as url:
        product.given |= {"DATABASE_URL": url} if url else {}
        product.prepare(prepared)
        product.make_demo()
        with product.serving():
            yield product

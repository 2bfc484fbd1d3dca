"""What prints a PDF reads our own assets and nothing else."""

import io

import pikepdf
import pytest

from common.pdf import asset_at, pdf_of


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x.css",
        "https://example.org/x.css",
        "file:///etc/hostname",
        "ftp://example.org/x",
        "asset:../config/settings.py",
        "asset:/%2e%2e/config/settings.py",
        "asset:nope.css",
        "data:text/css,body{}",
    ],
)
def test_the_printer_reads_nothing_but_assets(url):
    with pytest.raises(ValueError, match="not an asset of ours"):
        asset_at(url)


def test_the_printer_ignores_what_it_may_not_read():
    hostile = '<img src="http://127.0.0.1:9/x.png" alt=""><link rel="attachment" href="file:///etc/hostname">'
    printed = pdf_of(f'<html lang="fr"><head><title>x</title></head><body>{hostile}</body></html>')
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) == 1
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        assert not pdf.pages[0].get_images()

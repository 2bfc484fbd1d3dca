"""PDFs, made from HTML without the network. `templates/print.html` is what each of them extends."""

from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

MEDIA_TYPE = "application/pdf"
ASSETS = Path(settings.STATICFILES_DIRS[0]).resolve()


def asset_at(url: str) -> Path:
    """The asset that `asset:…` names. Raises ValueError for any other address: nothing else is ever read."""
    parts = urlsplit(url)
    file = (ASSETS / unquote(parts.path).lstrip("/")).resolve()
    if parts.scheme != "asset" or not file.is_relative_to(ASSETS) or not file.is_file():
        raise ValueError(f"not an asset of ours: {url}")
    return file


def pdf_of(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1): `html` gives its language, its title and the scope of its headers."""
    engine: Callable[[str], bytes] = import_string(settings.PDF_ENGINE)
    return engine(html)


def by_weasyprint(html: str) -> bytes:
    import weasyprint  # noqa: PLC0415 - takes a second: only whoever prints waits for it
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Confined(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, _headers: object = None) -> object:
            file = asset_at(url)
            return URLFetcherResponse(
                url, file.read_bytes(), {"Content-Type": guess_type(file.name)[0]}
            )

    document = weasyprint.HTML(string=html, base_url="asset:/", url_fetcher=Confined())
    printed: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return printed

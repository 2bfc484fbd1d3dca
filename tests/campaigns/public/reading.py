"""What a reader sees of a page: its words, without the marks."""

import html
import re


def words(response) -> str:
    body = re.sub(
        r"<(script|style|title)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL
    )
    return _plain(body)


def section(response, heading: str) -> str:
    """The words of the section that the heading's id names."""
    found = re.search(
        rf'<section aria-labelledby="{heading}">(.*?)</section>',
        response.content.decode(),
        re.DOTALL,
    )
    assert found, f"no section {heading}"
    return _plain(found[1])


def _plain(marked: str) -> str:
    text = (
        html.unescape(re.sub(r"<[^>]+>", " ", marked)).replace("\u00a0", " ").replace("\u202f", " ")
    )
    return re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text)).strip()

"""A mail shown on a page as a mail program would: its own styles, nothing from elsewhere, nothing that runs."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
LINKS_LEAVE_THE_FRAME = "allow-top-navigation-by-user-activation"


def framed(html: str, *, links_work: bool) -> tuple[str, dict[str, str]]:
    """The content and the headers of a frame whose links lead the whole page elsewhere, or nowhere."""
    target, policy = "_blank", POLICY
    if links_work:
        target, policy = "_top", f"{POLICY} {LINKS_LEAVE_THE_FRAME}"
    page = html.replace("<head>", f'<head><base target="{target}">', 1)
    return page, {"Content-Security-Policy": policy}

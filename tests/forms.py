"""What a browser would send back of a page's form if nothing was touched."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self._area = self._select = None
        self._multiple = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        kind = given.get("type", "text")
        if tag == "input" and given.get("name") and kind not in {"submit", "button", "file"}:
            if kind not in {"checkbox", "radio"} or "checked" in given:
                self.values[given["name"]] = given.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea":
            self._area = given["name"]
            self.values[self._area] = ""
        elif tag == "select" and given.get("name"):
            self._select, self._multiple = given["name"], "multiple" in given
            if self._multiple:
                self.values[self._select] = []
        elif tag == "option" and self._select and "selected" in given:
            chosen = self.values.get(self._select)
            self.values[self._select] = (
                [*chosen, given["value"]] if isinstance(chosen, list) else given["value"]
            )

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the first line break of a text area.
            self.values[self._area] = (
                self.values[self._area].removeprefix("\r\n").removeprefix("\n")
            )
            self._area = None
        elif tag == "select":
            self._select = None


def fields_of(response) -> dict[str, str | list[str]]:
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.values

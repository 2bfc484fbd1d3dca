"""What every page that a journey meets must hold, and the way to open one."""

import os
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from config.environment import ROOT

NETWORK = (
    "http:",
    "https:",
    "ws:",
    "wss:",
)  # the rest is the browser’s own, which shows a PDF in a frame
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# What axe judges a page by, without its words: elements, states and styles. Of three rows or more, two are kept.
SHAPE = """() => {
  const kept = /^(class|style|role|type|lang|aria-(hidden|live|expanded|invalid|current|sort|checked))$/
  const said = a => kept.test(a.name) ? `${a.name}=${a.value}` : `${a.name}${a.value.trim() ? '=' : ''}`
  const inside = shapes => shapes.filter((shape, n) => n < 2 || shape !== shapes[n - 1] || shape !== shapes[n - 2])
  const shape = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && '.'
    if (node.nodeType !== Node.ELEMENT_NODE) return ''
    const words = [node.tagName, ...[...node.attributes].map(said)].join(' ')
    return `<${words}>${inside([...node.childNodes].map(shape).filter(Boolean)).join('')}</>`
  }
  return `${innerWidth}${shape(document.documentElement)}`
}"""
_judged: set[str] = set()


def _worrying(message: ConsoleMessage) -> bool:
    """An error, but for the answers to a form that is given back: what to mend, or another text that was quicker."""
    given_back = ("status of 422", "status of 409")
    return message.type == "error" and not any(status in message.text for status in given_back)


@contextmanager
def opened(browser: Browser, address: str, *, width: int, scripts: bool = True, session: str = ""):
    """A page of a fresh visitor, or in an open session. What it asks of any other address fails the journey."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        locale="fr-FR",
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    strangers: list[str] = []
    complaints: list[str] = []

    def guard(route):
        if route.request.url.startswith(address) or not route.request.url.startswith(NETWORK):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page.on(
        "console", lambda message: complaints.append(message.text) if _worrying(message) else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert strangers == [], strangers
    assert complaints == [], complaints


def look(page: Page, *, scripts: bool = True) -> None:
    """One title, nothing wider than the screen, nothing that axe finds; it is not asked twice about the same page."""
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_count(1)
    if not scripts:
        return
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )
    shape = page.evaluate(SHAPE)
    if shape not in _judged:
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        _judged.add(shape)


def picture(page: Page, name: str) -> None:
    """Keep what is on the screen for the README, when asked to (PICTURES=docs/pictures)."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=ROOT / folder / f"{name}.png")

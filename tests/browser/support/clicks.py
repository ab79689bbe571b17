"""Counts the clicks of the mouse on a page."""

from playwright.sync_api import Page

_COUNT = """() => {
  if (window.countsClicks) return;
  window.countsClicks = true;
  addEventListener("pointerdown", () => { window.name = String((Number(window.name) || 0) + 1); }, true);
}"""


class Clicks:
    """Counts from where it is made, over every page that the window shows: the window's name outlives them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(f"({_COUNT})()")
        page.evaluate("() => { window.name = ''; }")
        page.evaluate(_COUNT)

    @property
    def count(self) -> int:
        return int(self.page.evaluate("() => Number(window.name) || 0"))

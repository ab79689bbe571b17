"""Whether a page fits everybody: axe-core finds no accessibility fault, and nothing is wider than the screen."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# Only violations are told in full: to describe everything that was right took a third of the time.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SIZES = {"phone": (375, 812), "desk": (1280, 900)}
WIDTHS = (1280, 375, 320)
# What reaches farthest out to the right, when the page is wider than the screen.
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const parts = [...document.body.querySelectorAll("*")].filter((one) => one.getClientRects().length);
  const out = parts.filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
  return out.slice(-3).map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 40)}`).join("; ")
    || "something unseen";
}"""


def axe_faults(page: Page) -> list[str]:
    """Each fault as `rule: the first place where it is`."""
    page.wait_for_load_state()  # contrast is measured with the page's styles
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", OPTIONS)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def axe_faults_by_size(page: Page) -> dict[str, list[str]]:
    """The faults on a phone and on a desk, where there are any."""
    found = {}
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found[name] = axe_faults(page)
    return {name: faults for name, faults in found.items() if faults}


def too_wide(page: Page) -> dict[int, str]:
    """What is wider than the screen, by the screen's width; everything that folds is open."""
    found = {}
    page.wait_for_load_state()  # the text comes before the styles that break it
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[width] = page.evaluate(TOO_WIDE)
    return {width: part for width, part in found.items() if part}

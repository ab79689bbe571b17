"""The README's pictures are of the product as it is: taken here, and compared with the ones that lie there.

After a change that one sees: `make screenshots` takes them anew.
"""

import os
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page

from tests.browser.support.steps import COORDINATOR, OFFICIAL

ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent / "pictures"
SHOTS = {
    "overview": (COORDINATOR, "/2023-2024/oversikt/"),
    "my-work": ("kriminalvard@example.com", "/mitt-arbete/"),
    "round": (COORDINATOR, "/2023-2024/omgangar/2024-08-31/"),
    "report": (OFFICIAL, "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31"),
}
SIZE = (1280, 960)
COARSE = (64, 48)  # letters may be drawn a little differently; what stands where may not
MOST_DIFFERENCE = 4.0  # of 255, on average


def taken(page: Page, to: Path) -> Image.Image:
    page.set_viewport_size(dict(zip(("width", "height"), SIZE, strict=True)))
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=to, animations="disabled")
    with Image.open(to) as picture:
        return picture.convert("L").resize(COARSE)


@pytest.mark.parametrize("name", SHOTS)
def test_the_picture_in_the_readme_is_of_the_product_as_it_is(name, demo, open_page, tmp_path):
    email, address = SHOTS[name]
    kept = PICTURES / f"{name}.png"
    renew = "RENEW_SCREENSHOTS" in os.environ
    now = taken(open_page(address, email), kept if renew else tmp_path / "now.png")

    with Image.open(kept) as picture:
        then = picture.convert("L").resize(COARSE)
    (difference,) = ImageStat.Stat(ImageChops.difference(now, then)).mean
    assert difference < MOST_DIFFERENCE, f"{name} looks different: make screenshots takes it anew"


def test_the_readme_shows_these_pictures_and_no_others():
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    lying = [str(picture.relative_to(ROOT)) for picture in PICTURES.glob("*.png")]

    assert sorted(shown) == sorted(lying) == sorted(f"tests/browser/pictures/{name}.png" for name in SHOTS)

"""The lab on a projector, 1280 x 720: nothing cut off, nothing on top of anything else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import button, open_lab

pytestmark = pytest.mark.browser
# What belongs to the first screen: controls, where the run stands, picture, side, formula, slider.
PARTS = (
    *(".gn-controls", ".gn-caption", ".gn-network", ".gn-tools", ".gn-strip", ".gn-formula"),
    *(".gn-right", ".gn-curves", ".gn-scrub"),
)
# The boxes of all text that is seen, with the control or the table that it belongs to.
TEXTS = """(stage) => {
  const found = [];
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    if (!node.textContent.trim() || of.closest('.gn-sr, option, select, .gn-bottom')) continue;
    if (!of.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { x, y, width, height } of range.getClientRects()) {
      // What an ancestor scrolls or cuts is seen no further than that.
      let [left, top, right, bottom] = [x, y, x + width, y + height];
      for (let up = of; up !== stage; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue;
        const box = up.getBoundingClientRect();
        [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
        [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
      }
      if (right - left > 1 && bottom - top > 1) {
        found.push({ text: node.textContent.trim(), left, top, right, bottom });
      }
    }
  }
  return found;
}"""
# Controls, as boxes too: no text of another element may lie under them.
CONTROLS = """(stage) => [...stage.querySelectorAll('button, select, input:not([type=radio])')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.gn-bottom'))
  .map((e) => { const { left, top, right, bottom } = e.getBoundingClientRect();
    return { text: e.textContent.trim(), own: e.innerText?.trim() ?? '', tag: e.tagName,
      left, top, right, bottom }; })"""


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """By more than three pixels each way: the box of a line of text is higher than its letters."""
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return wide > 3 and high > 3


@pytest.mark.parametrize("kind", ["Points", "Pictures", "Sequences", "Any stack"])
def test_the_first_screen_holds_all_of_it(page: Page, server: str, kind: str) -> None:
    stage = open_lab(page, server, kind)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    page.wait_for_timeout(300)
    edge = page.get_by_test_id("stSidebar").bounding_box()
    assert edge
    for part in PARTS:
        box = stage.locator(part).first.bounding_box()
        assert box, part
        assert box["x"] >= edge["x"] + edge["width"], part
        assert box["x"] + box["width"] <= 1280, part
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 720, (part, box)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0

    texts = stage.evaluate(TEXTS)
    assert len(texts) > 30
    both = [
        (one["text"], other["text"])
        for i, one in enumerate(texts)
        for other in texts[i + 1 :]
        if overlap(one, other)
    ]
    assert not both
    covered = [
        (control["text"] or control["tag"], text["text"])
        for control in stage.evaluate(CONTROLS)
        for text in texts
        if text["text"] not in control["text"] and overlap(control, text)
    ]
    assert not covered

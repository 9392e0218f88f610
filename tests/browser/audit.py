"""An automated accessibility audit (axe-core) of what a page shows."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"]}
# What alone can differ between a light and a dark page.
COLOURS: dict[str, Any] = OPTIONS | {"runOnly": ["color-contrast"]}
GRAVE = ("serious", "critical")
STYLED = """() => [...document.querySelectorAll("style")]
  .some((style) => style.textContent.includes("stCaptionContainer"))"""
# Resolves when nothing inside an element has changed for 0.4 s, after 6 s at the latest.
QUIET = """(selector) => new Promise((done) => {
  const element = document.querySelector(selector);
  const end = () => { watch.disconnect(); clearTimeout(last); clearTimeout(timer); done(); };
  let timer = setTimeout(end, 400);
  const last = setTimeout(end, 6000);
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 400); });
  watch.observe(element, { childList: true, subtree: true, characterData: true });
})"""


def audit(
    page: Page, inside: str = "body", options: dict[str, Any] = OPTIONS, without: str = ""
) -> None:
    """Fails on any serious or critical finding inside the element, once the element is at rest.

    without: what is left out, since it is looked at elsewhere.
    """
    # Streamlit fetches the code that puts up the frame's style when it is first wanted.
    page.wait_for_function(STYLED)
    page.evaluate(QUIET, inside)
    context: Any = {"include": [inside], "exclude": [without]} if without else inside
    found = AXE.run(page, context=context, options=options).response["violations"]
    grave = [
        f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
    assert not grave, "\n".join(grave)

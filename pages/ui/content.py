"""Prose for the pages: sections of the Markdown files under assets/lessons."""

from functools import cache
from pathlib import Path

LESSONS = Path(__file__).parents[2] / "assets" / "lessons" / "en"

# Streamlit keeps six rem above a page; a projector has none to give away.
FRAME_CSS = """
[data-testid="stMainBlockContainer"] { padding: 4.25rem 2rem 1.5rem; max-width: 1500px; }
[data-testid="stSidebarUserContent"] { padding-bottom: 1.5rem; }
[data-testid="stSidebarHeader"] { height: 2.5rem; margin-bottom: 0; padding-bottom: 0; }
[data-testid="stMainBlockContainer"] h1 { font-size: 2.1rem; padding: 0.25rem 0 0.5rem; }
.st-key-lab-kind button, .st-key-compare-kind button { padding-inline: 0.34rem; min-width: 0; }
.st-key-lab-kind button p, .st-key-compare-kind button p { font-size: 0.81rem; }
/* Streamlit writes what is chosen in its primary colour on a tint of it: too faint to read. */
[data-testid="stSliderThumbValue"] p,
button[data-variant="segmented_control"][data-selected="true"] p,
button[data-variant="pills"][data-selected="true"] p { color: light-dark(#17478f, #7db2ff); }
[data-testid="stCaptionContainer"],
[data-testid="stCaptionContainer"] p { color: light-dark(#565d69, #aab2c0); opacity: 1; }
/* A lesson's heading and its step leave the stage its room. */
.st-key-course-head h1 { font-size: 1.45rem !important; padding: 0 !important; }
.st-key-course-head [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-course-step [data-testid="stAlertContainer"] { padding: 0.45rem 0.8rem; }
/* What a step speaks of may stand further down: the step stays in sight, and neurons stand
   closer. Where there is no step, the heading stays, with the way on. */
.stMainBlockContainer > * > :has(.st-key-course-step),
.stMainBlockContainer:not(:has(.st-key-course-step)) > * > :has(.st-key-course-head) {
  position: sticky; top: 3.5rem; z-index: 50; background: light-dark(#fff, #11161d); }
[class*="st-key-stage-"] .gn-stage { --gn-over: 9rem; }
[class*="st-key-stage-"] .gn-stage[data-scene="points"] {
  --gn-picture: clamp(255px, 100vh - 465px, 360px); }
/* The words around a chart come in a grey that a projector swallows (3.7 : 1 on white). */
.js-plotly-plot :is([class^="x"][class$="tick"], [class^="y"][class$="tick"], .cbaxis) text,
.js-plotly-plot :is([class^="x"][class$="title"], [class^="y"][class$="title"]),
.js-plotly-plot :is(.legendtext, .annotation-text) {
  fill: light-dark(#4a5361, #bcc4d0) !important; }
/* What stands beside a bar or a dot is read before it. */
.js-plotly-plot :is(.bartext-outside, .textpoint text) {
  fill: light-dark(#1b2430, #e6ebf2) !important; }
/* The colours of code, too faint on white as they come. */
[data-testid="stCode"] .token { color: light-dark(#17478f, #9cc4ff) !important; }
[data-testid="stCode"] .token.string { color: light-dark(#0a6b2d, #86dfa4) !important; }
/* A heading for those who hear a page, where the picture leaves no room to see one. */
[data-testid="stElementContainer"]:has(.glassnet-unseen) { position: absolute; }
.glassnet-unseen { position: absolute; width: 1px; height: 1px; clip-path: inset(50%); }
"""


@cache
def sections(lesson: str) -> dict[str, str]:
    """The sections of assets/lessons/en/LESSON.md by their `##` headings."""
    text = (LESSONS / f"{lesson}.md").read_text(encoding="utf-8")
    parts = text.split("\n## ")[1:]
    return {head.strip(): body.strip() for head, _, body in (p.partition("\n") for p in parts)}


@cache
def introduction(lesson: str) -> tuple[str, str]:
    """The title of assets/lessons/en/LESSON.md, and what stands before its first section."""
    text = (LESSONS / f"{lesson}.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n## ")[0].partition("\n")
    return head.removeprefix("# ").strip(), body.strip()


def section(lesson: str, heading: str) -> str:
    """One section's Markdown. Raises KeyError if the file has no such heading."""
    return sections(lesson)[heading]

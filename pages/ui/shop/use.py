"""The tab of what one leaves with, a part at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui.content import section
from pages.ui.shop import access, documents, forgetting, later, links, take_home
from pages.ui.shop.columns import Ready
from pages.ui.shop.workspace import Workspace


@dataclass(frozen=True)
class Part:
    """What the tab can show; `show` gets the run, the workspace where one may change it, and if it
    needs one, the file that is chosen at the left."""

    label: str
    icon: str
    show: Callable[..., None]
    for_owners: bool = True
    needs_file: bool = False


PARTS = (
    Part("Lists", "table_rows", take_home.lists, for_owners=False),
    Part("Report", "description", documents.documents, for_owners=False),
    Part("The model", "folder_zip", take_home.folder, for_owners=False),
    Part("API", "api", access.access),
    Part("Link", "link", links.links),
    Part("Next month", "event_repeat", later.later, needs_file=True),
    Part("Forget a customer", "person_off", forgetting.forgetting),
)


def use(run_id: str, workspace: Workspace | None, ready: Ready | None = None) -> None:
    """The parts that this visitor may use; without a workspace it is somebody with a link."""
    parts = {part.label: part for part in PARTS if workspace or not part.for_owners}
    # Another step may choose a part before this is drawn: a default beside the key is what the
    # browser then shows as chosen.
    st.session_state.setdefault("use", "Lists")
    chosen: Any = st.segmented_control(
        "What to do with it",
        list(parts),
        format_func=lambda label: f":material/{parts[label].icon}: {label}",
        label_visibility="collapsed",
        required=True,
        key="use",
    )
    part = parts[chosen or "Lists"]
    st.markdown(section("leaving", part.label))
    part.show(*([run_id, workspace, ready] if part.needs_file else [run_id, workspace]))

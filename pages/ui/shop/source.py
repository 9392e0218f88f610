"""Which purchases: the built-in year, or a file of one's own."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from nn_core.jobs import UploadsFullError, mark_opened
from nn_core.jobs.folder import write_atomically
from nn_core.jobs.home import home
from nn_core.jobs.uploads import UNDECIDED
from nn_core.recommender.data.builtin import BUILTIN
from nn_core.recommender.data.exclude import Exclude
from pages.ui.shop.large import large_upload
from pages.ui.shop.naming import apart
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

TEMPLATE = Path(__file__).parents[3] / "assets" / "samples" / "template.csv"
GROCERIES = "Grocery year (built in)"


SECOND = {"catalogue": "Products (optional)", "customers": "Customers (optional)"}
ABOUT = {
    "catalogue": "A second file, one line a product: name, category, price, margin, stock.",
    "customers": "A second file, one line a customer, with whatever you know of them.",
}


@dataclass(frozen=True)
class Source:
    """A file that was chosen: where it is, what it is called, where it is made ready, and where
    the key of its pseudonyms lies."""

    path: str
    name: str
    folder: Path
    keys: Path

    def more(self) -> dict[str, tuple[str, str]]:
        """The second files, {kind: (path, name)}."""
        names = {kind: self.folder / kind / "name.txt" for kind in SECOND}
        return {
            kind: (str(path.parent / "source"), path.read_text(encoding="utf-8"))
            for kind, path in names.items()
            if path.exists()
        }

    def since(self) -> list[int]:
        """When each second file was added: another one of the same name is another one."""
        files = (self.folder / kind / "name.txt" for kind in SECOND)
        return [file.stat().st_mtime_ns for file in files if file.exists()]

    def personal(self) -> dict[str, str] | None:
        """What was decided about columns with personal data; None before it was."""
        decided = self.folder / "personal.json"
        return json.loads(decided.read_text(encoding="utf-8")) if decided.exists() else None

    def exclude(self) -> Exclude:
        """What is left out of the lists: what is likely no goods, until somebody chose."""
        chosen = self.folder / "exclude.json"
        if self.path == BUILTIN or not chosen.exists():  # the built-in year is everybody's
            return Exclude(auto=True)
        return Exclude.from_json(json.loads(chosen.read_text(encoding="utf-8")))

    def leave_out(self, chosen: Exclude) -> None:
        write_atomically(self.folder / "exclude.json", asdict(chosen))

    def decide(self, chosen: dict[str, str]) -> None:
        write_atomically(self.folder / "personal.json", chosen)
        (self.folder / UNDECIDED).unlink(missing_ok=True)

    def wait(self) -> None:
        """Undecided, the file goes after a day."""
        if not (self.folder / UNDECIDED).exists():
            (self.folder / UNDECIDED).touch()


def choose(workspace: Workspace) -> Source | None:
    """The sidebar's first part; None until something is chosen."""
    st.file_uploader(
        "Upload purchases",  # of any type: the reader says what it is, and what to do instead
        key="upload",
        on_change=take,
        args=(workspace,),
        help="CSV (.csv, .csv.gz), Excel (.xlsx) or Parquet, one line a purchase. Only who knows "
        "the address of this page sees the file.",
    )
    with st.expander("A large file"):
        large_upload(workspace)
    if refused := st.session_state.pop("refused", None):
        st.error(plain(refused))
    options = {BUILTIN: GROCERIES} | uploads_of(workspace)
    asked = st.query_params.get("data")
    if "source" not in st.session_state and asked in options:
        st.session_state["source"] = asked
    chosen = st.selectbox(
        "Purchases to work with",
        list(options),
        index=None,
        format_func=lambda option: str(options.get(option, option)),
        placeholder="Choose, or upload above",
        key="source",
    )
    st.download_button(
        "Template (CSV)", TEMPLATE.read_bytes(), "template.csv", "text/csv", on_click="ignore",
        icon=":material/download:", help="Eight lines that show what a file may hold.",
    )  # fmt: skip
    if chosen is None:
        return None
    st.query_params["data"] = chosen
    if chosen == BUILTIN:
        return Source(BUILTIN, GROCERIES, home() / "builtin", home())
    place = workspace.upload(chosen)
    mark_opened(place)
    st.button(
        "Delete this upload",
        on_click=forget,
        args=(workspace, chosen),
        icon=":material/delete:",
        help="The file and what was read from it. Runs keep their own copy of the purchases.",
    )
    with st.expander("Products and customers"):
        for kind in SECOND:
            second_file(workspace, chosen, kind)
    return Source(str(place / "source"), options[chosen], place, workspace.folder)


def second_file(workspace: Workspace, upload: str, kind: str) -> None:
    """The field for it; a reload empties the field, so what is kept can be taken away beside it."""
    held = st.file_uploader(
        SECOND[kind],
        key=f"{kind}/{upload}",
        on_change=add,
        args=(workspace, upload, kind),
        help=ABOUT[kind],
    )
    kept = workspace.second(upload, kind)
    if kept and held is None:
        st.button(
            f"Take away {plain(kept)}",
            icon=":material/close:",
            on_click=workspace.add,
            args=(upload, kind, None),
            key=f"without {kind}/{upload}",
        )


def uploads_of(workspace: Workspace) -> dict[str, str]:
    """{upload: its name in the menu}, the latest first; the first of a name keeps it."""
    oldest_first = dict(reversed(workspace.uploads().items()))
    return dict(reversed(apart(oldest_first).items()))


def offer() -> None:
    """A way to begin without a file."""
    st.button(
        "Look at the grocery year",
        type="primary",
        icon=":material/shopping_basket:",
        on_click=begin,
    )


def begin() -> None:
    st.session_state["source"] = BUILTIN


def take(workspace: Workspace) -> None:
    """Keeps the file that was just uploaded and chooses it, or says why it cannot be kept."""
    file = st.session_state["upload"]
    if file is None:
        return
    try:
        st.session_state["source"] = workspace.keep(file.name, file.getvalue())
    except UploadsFullError as error:
        st.session_state["refused"] = str(error)


def add(workspace: Workspace, upload: str, kind: str) -> None:
    """Keeps a second file beside the upload, or takes it away again."""
    file = st.session_state[f"{kind}/{upload}"]
    try:
        workspace.add(upload, kind, None if file is None else (file.name, file.getvalue()))
    except UploadsFullError as error:
        st.session_state["refused"] = str(error)


def forget(workspace: Workspace, upload: str) -> None:
    """Deletes the upload that is chosen; then nothing is."""
    workspace.forget(upload)
    st.session_state["source"] = None
    st.query_params.pop("data", None)

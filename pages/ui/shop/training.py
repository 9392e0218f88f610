"""What to train and how to judge it: a form whose numbers are the models' own options."""

import shutil
from collections.abc import Mapping
from typing import Any

import streamlit as st

from nn_core import jobs
from nn_core.recommender.audit import ENOUGH_CUSTOMERS
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS
from nn_core.recommender.models.course import CHOICES, Course
from nn_core.recommender.study import Plan
from pages.ui.content import section
from pages.ui.shop.columns import Ready
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

SPLITS = {
    "time": "The last days",
    "leave-last": "Last orders",
    "random": "A random fifth",
}
TASKS = {
    "discover": "Discover (new products)",
    "all": "All purchases",
    "buy-again": "Buy again",
}
GROUPS = {
    "Simple": ("popularity", "recent-popularity", "repeats"),
    "Linear and factors": ("item-knn", "bm25", "ease", "time-ease", "next-window", "als"),
    "Networks (minutes)": ("course", "mult-vae", "two-tower", "gru", "lstm"),
    "Automatic (minutes)": ("auto", "blend"),
}
FAST = ("popularity", "recent-popularity", "repeats", "ease", "time-ease", "course")
# The options of the network that the course names, then the others.
FIRST = {
    "epochs": "Epochs",
    "batch_size": "Batch size",
    "hidden": "Hidden units",
    "learning_rate": "Learning rate",
    "target": "Target",
}
MORE = {
    "patience": "Epochs without progress",
    "activation": "Activation",
    "optimizer": "Optimizer",
    "loss": "Loss",
    "largest": "Products at most",
    "validation": "Share of customers to validate on",
    "seed": "Seed",
}


def form(ready: Ready, workspace: Workspace) -> None:
    """The form; its button submits a run and puts it into the address."""
    audit = ready.report["audit"]
    missing = ENOUGH_CUSTOMERS - audit["customers_with_two"]
    if missing > 0:
        st.warning(
            f"Training needs {ENOUGH_CUSTOMERS} customers with two or more purchases; this data "
            f"has {audit['customers_with_two']}, so {missing} more are missing."
        )
    with st.form("training"):
        chosen = choice()
        st.markdown("**What is held out to judge by**")
        split, task, k = judging(has_time=audit["span"]["days"] is not None)
        st.markdown("**The network of the course**")
        network = options(FIRST, st.columns(5))
        with st.expander("More numbers of the network"):
            network |= options(MORE, st.columns(3))
        seconds = small_studies()
        pressed = st.form_submit_button(
            "Train", type="primary", icon=":material/play_arrow:", disabled=missing > 0
        )
    if pressed:
        models = {name: network if name == "course" else {} for name in chosen}
        plan = Plan(models, split, task, k, insight_seconds=seconds)
        begin(plan, ready, workspace)


def small_studies() -> float:
    """The budget of the small studies after the judgement; 0 if they are not wanted."""
    budget = Plan.insight_seconds
    wanted = st.checkbox(
        "Look also at other splits, at more data, and at a model that ages",
        value=True,
        help=f"Some twenty small fits after the judgement, at most {budget:g} processor seconds.",
    )
    return budget if wanted else 0.0


def choice() -> list[str]:
    """The models' names, those that take seconds chosen already; each group tells how they work."""
    chosen: list[str] = []
    for group, names in GROUPS.items():
        known = [name for name in names if name in MODELS]
        chosen += st.pills(
            group,
            known,
            selection_mode="multi",
            default=[name for name in known if name in FAST],
            format_func=short,
            help="\n\n".join(
                f"**{MODELS[name].label}.** {section('models', name)}" for name in known
            ),
        )
    return chosen


def short(name: str) -> str:
    """The model's label, or what its brackets hold."""
    label = MODELS[name].label
    return label.rpartition("(")[2].removesuffix(")")


def options(labels: Mapping[str, str], columns: Any) -> dict[str, Any]:
    """A control for each of these options of the network, its default filled in."""
    usual = Course()
    found: dict[str, Any] = {}
    for place, (name, label) in enumerate(labels.items()):
        with columns[place % len(columns)]:
            found[name] = control(name, label, getattr(usual, name))
    return found


def control(name: str, label: str, usual: Any) -> Any:
    """A whole number, a share or rate, a list of units, or a choice among words."""
    if isinstance(usual, tuple):
        return units_of(st.text_input(label, ", ".join(str(units) for units in usual)))
    if isinstance(usual, str):
        return st.selectbox(label, CHOICES[name], index=CHOICES[name].index(usual))
    if isinstance(usual, float):
        return st.number_input(label, 0.0, 1.0, usual, format="%g", step=usual)
    return st.number_input(label, 0 if name in ("seed", "patience") else 1, 1_000_000, usual)


def units_of(text: str) -> tuple[int, ...]:
    """ "64, 32" -> (64, 32); anything that is no number is left for the model to refuse."""
    words = text.replace(",", " ").split()
    return tuple(int(word) if word.isdigit() else 0 for word in words)


def judging(has_time: bool) -> tuple[SplitOptions, str, int]:
    usual = SplitOptions()
    how, which, what, places, rare = st.columns([3, 2, 3, 2, 2])
    methods = list(SPLITS) if has_time else ["random"]
    method = how.selectbox("Hold out", methods, format_func=SPLITS.__getitem__)
    days = which.number_input("Days held out", 1, 3650, usual.test_days)
    task = what.selectbox("Question", list(TASKS), format_func=TASKS.__getitem__)
    k = places.number_input("List length k", 1, 100, 10)
    buyers = rare.number_input(
        "Buyers needed",
        1,
        10_000,
        usual.min_buyers,
        help="Products with fewer are not ranked. A higher number trains faster.",
    )
    split = SplitOptions(method=method, test_days=days, min_buyers=buyers)
    return split, task, k


def begin(plan: Plan, ready: Ready, workspace: Workspace) -> None:
    """Submits the plan with its purchases; a plan that cannot work is explained."""
    try:
        plan.recommenders()
    except ShopDataError as error:
        st.error(plain(str(error)))
        return
    spec = {"kind": "shop", "title": ready.source.name, **plan.to_json()}
    run = jobs.submit(workspace.key, spec, lambda folder: copy(ready, folder))
    st.query_params["run"] = run
    st.session_state["run"] = run
    st.rerun()


def copy(ready: Ready, folder: Any) -> None:
    """The purchases as the worker finds them."""
    shutil.copytree(ready.folder / "shop", folder, dirs_exist_ok=True)

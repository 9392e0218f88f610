"""What to train and how to judge it: every change says at once how long that will take."""

import shutil
from typing import Any

import streamlit as st

from nn_core import jobs
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS
from nn_core.recommender.models.auto import Auto
from nn_core.recommender.portrait.audit import ENOUGH_CUSTOMERS
from nn_core.recommender.runs.expecting import plan_words, range_words
from nn_core.recommender.runs.study import Plan
from pages.ui.content import section
from pages.ui.shop.columns import Ready
from pages.ui.shop.group_columns import group_columns
from pages.ui.shop.network_options import network
from pages.ui.shop.plain import fault
from pages.ui.shop.workspace import Workspace

SPLITS = {
    "time": "The last days",
    "last-rows": "The last fifth of the rows",
    "leave-last": "Last orders",
    "last-share": "Each one's last fifth",
    "random": "A random fifth",
}
DATED = ("time", "leave-last", "last-share", "random")
IN_ORDER = ("leave-last", "last-share", "last-rows", "random")
"""Where the rows have dates; where they have none, and stand in order."""
TASKS = {
    "discover": "Discover (new products)",
    "all": "All purchases",
    "buy-again": "Buy again",
}
GROUPS = {
    "Simple": ("popularity", "recent-popularity", "categories", "repeats"),
    "Linear and factors": ("item-knn", "bm25", "ease", "time-ease", "next-window", "als"),
    "Networks": ("course", "mult-vae", "two-tower", "gru", "lstm"),
    "Automatic": ("auto", "blend"),
}
FAST = ("popularity", "recent-popularity", "repeats", "ease", "time-ease", "course")


def addressed() -> bool:
    """Whether the address says what to train, as a lesson's link does."""
    return "models" in st.query_params


def first_of(options: list[str], name: str) -> int:
    """The place of the option that the address names, else the first."""
    asked = st.query_params.get(name)
    return options.index(asked) if asked in options else 0


@st.fragment
def form(ready: Ready, workspace: Workspace, held_out: bool = False) -> None:
    """Models, question and button above all numbers; the button submits a run and puts it into the
    address. held_out: what is held out to judge by stands open. A fragment, so that a choice draws
    nothing else anew."""
    audit = ready.report["audit"]
    extent = Extent(**audit["extent"]) if "extent" in audit else None
    missing = ENOUGH_CUSTOMERS - audit["customers_with_two"]
    if missing > 0:
        st.warning(
            f"Training needs {ENOUGH_CUSTOMERS} customers with two or more purchases; this data "
            f"has {audit['customers_with_two']}, so {missing} more are missing."
        )
    left, right = st.columns([2, 1], gap="large")
    with left:
        chosen = choice(extent)
    with right:
        task: Any = st.selectbox(
            "Question",
            list(TASKS),
            first_of(list(TASKS), "question"),
            format_func=TASKS.__getitem__,
        )
        press = st.container()
    with st.expander("What is held out to judge by, and how long the lists are", held_out):
        split, k, seconds = judging(has_time=audit["span"]["days"] is not None)
    groups = group_columns(ready.report.get("groups", ()))
    with st.expander("The network of the course"):
        options = {"course": network()}
    with st.expander("The automatic choice"):
        options["auto"] = {"budget": budget()}
    models = {name: options.get(name, {}) for name in chosen}
    plan = Plan(models, split, task, k, insight_seconds=seconds, groups=groups)
    with press:
        if st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            disabled=missing > 0,
            width="stretch",
        ):
            begin(plan, ready, workspace)
        if extent:
            st.markdown(plan_words(plan, extent))


def choice(extent: Extent | None) -> list[str]:
    """The models' names, those that take seconds chosen already; each group tells how they work,
    and how long each of them takes."""
    chosen: list[str] = []
    wanted = st.query_params.get("models", "").split(",") if addressed() else []
    for group, names in GROUPS.items():
        known = [name for name in names if name in MODELS]
        takes = f" ({range_words(known, extent)})" if extent else ""
        chosen += st.pills(
            f"{group}{takes}",
            known,
            selection_mode="multi",
            default=[name for name in known if name in (wanted or FAST)],
            format_func=lambda name: MODELS[name].short(),
            key=f"models {group}",
            wrap=True,
            help="\n\n".join(
                f"**{MODELS[name].label}.** {section('models', name)}" for name in known
            ),
        )
    return chosen


def judging(has_time: bool) -> tuple[SplitOptions, int, float]:
    """How the purchases are cut, the places of a list, and the budget of the small studies."""
    usual = SplitOptions()
    ordered = not has_time and st.checkbox(
        "The rows stand in the order of the purchases", help=section("shop", "Rows in order")
    )
    how, which, places, rare = st.columns(4, vertical_alignment="bottom")
    methods = [*(DATED if has_time else IN_ORDER if ordered else ("random",))]
    method = how.selectbox(
        "Hold out", methods, first_of(methods, "split"), format_func=SPLITS.__getitem__
    )
    days = which.number_input("Days held out", 1, 3650, usual.test_days, disabled=method != "time")
    k = places.number_input("List length k", 1, 100, 10)
    buyers = rare.number_input(
        "Buyers needed",
        1,
        10_000,
        usual.min_buyers,
        help="Products with fewer are not ranked. A higher number trains faster.",
    )
    split = SplitOptions(method, days, ordered, buyers)
    return split, k, small_studies()


def budget() -> float:
    """What the automatic choice may spend on each model that it tries."""
    st.markdown(section("shop", "What the automatic choice may spend"))
    return st.number_input("Processor seconds for each model", 1.0, 3_600.0, Auto.budget, step=5.0)


def small_studies() -> float:
    """The budget of the small studies after the judgement; 0 if they are not wanted."""
    budget = Plan.insight_seconds
    wanted = st.checkbox(
        "Look also at other splits, at more data, and at a model that ages",
        value=True,
        help=f"Some twenty small fits while you read the result, {budget:g} processor seconds at "
        "most.",
    )
    return budget if wanted else 0.0


def begin(plan: Plan, ready: Ready, workspace: Workspace) -> None:
    """Submits the plan with its purchases; a plan that cannot work is explained."""
    try:
        plan.recommenders()
    except ShopDataError as error:
        st.error(fault(str(error)))
        return
    spec = {"kind": "shop", "title": ready.source.name, **plan.to_json()}
    run = jobs.submit(workspace.key, spec, lambda folder: copy(ready, folder))
    st.query_params["run"] = run
    st.session_state["run"] = run
    st.rerun()


def copy(ready: Ready, folder: Any) -> None:
    """The purchases as the worker finds them."""
    shutil.copytree(ready.folder / "shop", folder, dirs_exist_ok=True)

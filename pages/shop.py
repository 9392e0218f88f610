"""The shop: purchases in at the left, a judged recommender and its lists out in the middle."""

import streamlit as st

from nn_core import jobs
from nn_core.recommender.runs.opened import has_result
from pages.ui.content import section
from pages.ui.shop import (
    all_runs,
    columns,
    customer,
    following,
    personal,
    report,
    result,
    runs,
    shared,
    source,
    training,
    use,
    workspace,
)
from pages.ui.shop.plain import fault

# Seven numbers stand in a row. A table's own download would escape no formulas, so it is hidden:
# only the page's buttons write files. On a phone, a chart of many columns keeps its width and can
# be pushed.
STYLE = """<style>
[data-testid="stMetricValue"] { font-size: 1.5rem; }
.st-key-model-card h1 { font-size: 1.4rem; }
.st-key-model-card h2 { font-size: 1.1rem; padding: .6rem 0 .2rem; }
.st-key-model-card blockquote, .st-key-model-card blockquote p {
  color: light-dark(#565d69, #aab2c0); opacity: 1; }
@media (max-width: 640px) {
  [class*="st-key-groups-"], .st-key-Columns-of-the-file { min-width: 36rem; }
  :has(> [class*="st-key-groups-"], > .st-key-Columns-of-the-file) { overflow-x: auto; }
}
[data-testid="stElementToolbar"] button[aria-label^="Download as CSV"] { display: none; }
</style>"""

st.html(STYLE)
if link := shared.asked():
    shared.view(link)
    st.stop()
place = workspace.current()
run = runs.shown(place)
judged = run is not None and has_result(run)

with st.sidebar:
    st.markdown("### Purchases")
    chosen = source.choose(place)
    ready = columns.made_ready(chosen) if chosen else None
    runs.choose(place, run)

if training.addressed() and "step" not in st.session_state:
    st.session_state["goto"] = "Training"
if "goto" in st.session_state:
    st.session_state["step"] = st.session_state.pop("goto")
data_tab, training_tab, result_tab, customers_tab, use_tab, runs_tab = st.tabs(
    ["Data", "Training", "Result", "Customers", "Use it", "Runs"], key="step", on_change="rerun"
)

if data_tab.open:
    with data_tab:
        if ready is None:
            st.title("A recommender for your shop")
            st.markdown(section("shop", "Lead"))
            source.offer()
        elif ready.waits:
            personal.ask(ready)
        elif ready.error is None:
            report.report(ready)
        else:
            st.error(fault(ready.error), icon=":material/error:")
            if ready.report["names"]:
                st.markdown(section("shop", "When columns are taken wrongly"))
            st.markdown(section("shop", "When a file cannot be read"))

if training_tab.open:
    with training_tab:
        active = run is not None and jobs.status(run)["state"] in following.ACTIVE
        if run is not None and active:
            following.follow(run, place, judged)
            following.learning(run)
        elif run is not None:
            following.ended(run, place)
        # While something trains, that is what one looks at.
        with st.expander("Train something else") if active else st.container():
            if ready is None:
                st.markdown(section("shop", "Before training"))
            elif ready.error is not None or ready.waits:
                st.markdown(section("shop", "Before these can be trained on"))
            else:
                training.form(ready, place, run is not None and following.in_vain(run))
        if run is not None and not active:
            following.curves(following.heard(run))
        st.markdown(section("shop", "What training does"))

for tab, show in (
    (result_tab, result.result),
    (customers_tab, customer.customer),
    (use_tab, lambda run: use.use(run, place, ready)),
):
    if tab.open:
        with tab:
            if run is None or not judged:
                st.markdown(section("shop", "While it trains" if run else "Before the result"))
            else:
                show(run)

if runs_tab.open:
    with runs_tab:
        all_runs.all_runs(place)

"""Why one product stands in one customer's list, and how far to trust that."""

import numpy as np
import streamlit as st

from nn_core.recommender.customer.explain import Explanation, explain
from nn_core.recommender.customer.fidelity import fidelity
from pages.figures import customer as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.plain import plain


def why(asked: Asked) -> None:
    """A model, a product of its list, and the reasons in words, as a chart and as a formula."""
    left, right = st.columns(2)
    with left:
        model = asked.model("why-model")
    products = asked.ranked(model).first(asked.k)
    if not products:
        st.info(section("shop", "No list to explain"))
        return
    with right:
        chosen = st.selectbox(
            "Product of its list",
            products,
            format_func=lambda n: f"{products.index(n) + 1}. {asked.product(n).name}",
            key=f"why-product-{model}",
        )
    fitted = asked.run.model(model)
    found = explain(fitted, asked.history, chosen, asked.task)
    words, picture = st.columns([5, 6], gap="large")
    with words:
        told(asked, found)
        trusted = fidelity(fitted, asked.history, found, asked.task, np.random.default_rng(0))
        if trusted is not None:
            st.markdown("**How far to trust this**")
            st.progress(trusted.score, f"Fidelity {trusted.score:.2f} of 1")
            st.text(trusted.words())
        elif found.words is None:
            st.caption(section("shop", "Trust cannot be tested"))
    if found.reasons:
        names = [asked.product(reason.product).name for reason in found.reasons]
        with picture:
            chart(figures.reasons(found, names), "reasons")
    with st.expander("How this is computed"):
        st.markdown(section("models", model))
        st.markdown(section("shop", "Why this product"))


def told(asked: Asked, found: Explanation) -> None:
    """The reasons as sentences, and the sum with its numbers."""
    name = plain(asked.product(found.product).name)
    st.markdown(f"**{name}** stands at rank {found.rank:,}, score {found.score:.4g}.")
    if found.words is not None:
        st.markdown(plain(found.words))
        return
    if not found.reasons:
        st.markdown(section("shop", "No reasons"))
        return
    lines = [
        f"* Without **{plain(asked.product(reason.product).name)}**: "
        + place(found.rank, reason.rank_without)
        for reason in found.reasons[:4]
    ]
    st.markdown("\n".join(lines))
    st.text(formula(found))


def place(now: int, without: int) -> str:
    if now == without:
        return f"it stays at rank {now:,}."
    return f"it {'falls' if without > now else 'rises'} from rank {now:,} to {without:,}."


def formula(found: Explanation) -> str:
    """ "score = a + b + c" with numbers; for what is no sum, the largest difference."""
    first = found.reasons[0]
    if not found.exact:
        rest = found.score - first.effect
        return (
            f"With everything the score is {found.score:.4g}, without the first product "
            f"{rest:.4g}: the first adds {first.effect:.4g}."
        )
    terms = " + ".join(f"{reason.effect:.4g}" for reason in found.reasons)
    others = f" + {found.others:.4g} (the other {found.unnamed:,})" if found.unnamed else ""
    return f"score {found.score:.4g} = {terms}{others}".replace("+ -", "- ")

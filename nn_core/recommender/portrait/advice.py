"""What the numbers of a data report mean for the shop, one sentence each."""

from collections.abc import Mapping
from typing import Any

from nn_core.recommender.data.excluded import SHOWN, Line, in_words, likely
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.plural import number_of
from nn_core.recommender.portrait.advice_rows import much_set_aside, taken_back, without_customer


def advice(interactions: Interactions, counts: Mapping[str, Any], enough: int) -> tuple[str, ...]:
    """Sentences for the person whose data this is; the most pressing first."""
    candidates = (
        too_few(counts, enough),
        *interactions.notes,
        without_time(interactions),
        much_set_aside(counts),
        without_customer(counts),
        taken_back(counts),
        left_out(interactions, counts),
        short_span(counts),
        few_to_judge(counts),
        one_order(counts),
        closed(counts),
        long_tail(counts),
        habits(counts),
    )
    return tuple(sentence for sentence in candidates if sentence)


def too_few(counts: Mapping[str, Any], enough: int) -> str | None:
    found = counts["customers_with_two"]
    if found >= enough:
        return None
    return (
        f"Too little to train on: {enough} customers with two or more purchases are needed, and "
        f"{found} {'is' if found == 1 else 'are'} there; {enough - found} more are missing."
    )


def without_time(interactions: Interactions) -> str | None:
    if interactions.has_time:
        return None
    return (
        "No column is read as the date, so the future cannot be held out: choose or add a date "
        "column, or say that the rows stand in order (under Training, where it is said what is "
        "held out)."
    )


def left_out(interactions: Interactions, counts: Mapping[str, Any]) -> str | None:
    """What is no goods, or looks like it where nothing was to be left out."""
    if interactions.exclude:
        found = in_words([Line(**one) for one in counts["no_goods"]])
        return found and (
            f"Left out as no goods or by choice: {found}. No number here counts them, nothing is "
            "learnt from them, and no list has them."
        )
    names = likely(interactions)
    if not names:
        return None
    return (
        f"These look like no goods, but can stand on lists: {', '.join(names[:SHOWN])}"
        f"{f' and {len(names) - SHOWN} more' if len(names) > SHOWN else ''}. Leave them out "
        "(--exclude-items auto at the command line)."
    )


def short_span(counts: Mapping[str, Any]) -> str | None:
    if counts["days"] is None or counts["days"] >= 90:
        return None
    return (
        f"The data covers {number_of(counts['days'], 'day')}; three months or more would show what "
        "customers come back for."
    )


def long_tail(counts: Mapping[str, Any]) -> str | None:
    rare, products = counts["rare_products"], counts["products"]
    if not products or rare < products / 2:
        return None
    were = "was" if rare == 1 else "were"
    return (
        f"{rare:,} of {number_of(products, 'product')} {were} bought by fewer than five customers; "
        "for those nothing reliable can be said yet."
    )


def habits(counts: Mapping[str, Any]) -> str | None:
    if counts["repeat_share"] < 0.3:
        return None
    return (
        f"{counts['repeat_share']:.0%} of purchases repeat a product that the customer had bought "
        "before: judge new discoveries and repeat purchases apart."
    )


def few_to_judge(counts: Mapping[str, Any]) -> str | None:
    judged = counts["judged"]
    if judged is None or judged["discover"] >= 200:
        return None
    if not judged["discover"]:
        return (
            "Nobody can judge the methods by new products: no customer known before the last "
            f"{judged['days']} days bought something new in them that enough others had bought, so "
            "nothing can be measured. Add months of purchases, or hold out more days."
        )
    return (
        f"Only {number_of(judged['discover'], 'customer')} can judge the methods (known before the "
        f"last {judged['days']} days, with something new in them): differences between methods "
        "will be uncertain. More months, or more held-out days, help."
    )


def one_order(counts: Mapping[str, Any]) -> str | None:
    kinds = counts["customer_kinds"]
    if kinds is None or not kinds["one_order"]:
        return None
    return (
        f"You have {number_of(kinds['one_order'], 'customer')} with one order, of "
        f"{counts['customers']:,}: there is one basket to go by for them, and best sellers are "
        "hard to beat."
    )


def closed(counts: Mapping[str, Any]) -> str | None:
    long = [gap for gap in counts["gaps"] if gap["days"] >= 7]
    if not long:
        return None
    gap = long[0]
    return (
        f"Nobody bought anything from {gap['first']} to {gap['last']} ({gap['days']} days): were "
        "you closed, or is a part of the data missing?"
    )

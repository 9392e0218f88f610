"""What a method is called inside of a sentence about one question."""

BEST_SELLERS = ("popularity", "recent-popularity")
"""The same list for everybody, less what the question leaves out for each customer."""


def on_question(task: str, model: str, spoken: str) -> str:
    """On *buy again* a list holds the customer's own products only, whoever orders them: the best
    sellers are not what was judged there."""
    if task != "buy-again" or model not in BEST_SELLERS:
        return spoken
    return (
        f"the list of each customer's own products, the {spoken.removeprefix('the list of ')} first"
    )

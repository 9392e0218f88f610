"""What can be wrong with a shop's data, said in one sentence: what, where, what to do."""


class ShopDataError(ValueError):
    """A file or a choice that cannot be worked with; its text is for the person who made it."""


class SecondFileError(ShopDataError):
    """A file beside the purchases that does not fit them; `of` is what it should tell of."""

    def __init__(self, words: str, of: str) -> None:
        super().__init__(words)
        self.of = of


class DateOrderError(ShopDataError):
    """One column holds both day/month and month/day dates; the person must say which is meant."""

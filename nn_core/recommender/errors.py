"""What can be wrong with a shop's data, said in one sentence: what, where, what to do."""


class ShopDataError(ValueError):
    """A file or a choice that cannot be worked with; its text is for the person who made it."""


class DateOrderError(ShopDataError):
    """One column holds both day/month and month/day dates; the person must say which is meant."""

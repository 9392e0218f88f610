"""The pieces of the shop page, in the order in which a person meets them."""

"""A shop's purchases: read, judged, recommended from."""

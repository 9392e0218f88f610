"""A study from its plan to a folder: fitted, judged, kept, opened again, and renewed next month."""

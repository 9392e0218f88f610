"""Forgetting a customer: out of rows, models and lists, out of later files, and the proof."""

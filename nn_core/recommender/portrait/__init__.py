"""What a shop's data is like: the audit, its advice, and the facts behind its pictures."""

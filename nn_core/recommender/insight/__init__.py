"""Small studies after the judgement: what a split flatters, what more data or newer fits bring."""

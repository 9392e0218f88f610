"""A shop's files, read: any table of purchases -> interactions, and what is set aside with why."""

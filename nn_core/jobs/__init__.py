"""Long work in a process of its own, kept in a folder that a page can follow."""

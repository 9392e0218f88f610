"""The honest judge: how good each list is, for whom, how sure that is, and the verdict."""

"""Text from files is text: nothing in it is Markdown, a formula, an emoji or a link."""

import re


def plain(text: str) -> str:
    """For the places of Streamlit that read Markdown: every sign with a meaning is escaped."""
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:@&=^])", r"\\\1", one_line)

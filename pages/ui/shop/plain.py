"""Text from files is text: nothing in it is Markdown, a formula, an emoji or a link."""

import re


def plain(text: str) -> str:
    """For the places of Streamlit that read Markdown: every sign with a meaning is escaped."""
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:@&=^])", r"\\\1", one_line)


def fault(sentence: str) -> str:
    """A sentence of the engine on the page, without the settings' names at the command line:
    "Hold something else out (--split)." -> "Hold something else out."."""
    return plain(re.sub(r" \(--[a-z-]+\)", "", sentence))

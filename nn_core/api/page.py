"""The API's description for people: one page without scripts, made from the OpenAPI document."""

from __future__ import annotations

from html import escape
from typing import Any

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { padding: .75rem 1rem; border: 1px solid #8a94a3; border-radius: .4rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
tr { border-top: 1px solid #8a94a355; }
"""


def page(described: dict[str, Any]) -> str:
    """One section an operation: address, parameters, answers."""
    base, info = described["servers"][0]["url"], described["info"]
    sections = [
        section(base, path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(info["title"])}'
        f"</title><style>{STYLE}</style><body><h1>{escape(info['title'])}</h1>"
        f"<p>{escape(info['description'])}</p><p>Send the token with each request as "
        "<code>Authorization: Bearer TOKEN</code>. Faults come as "
        "<code>application/problem+json</code> with a sentence in <code>detail</code>. The same "
        f'for programs: <a href="{escape(base)}/openapi.json">openapi.json</a>.</p>'
        f"{''.join(sections)}</body></html>"
    )


def section(base: str, path: str, method: str, operation: dict[str, Any]) -> str:
    fields = [
        (one["name"], one.get("description", "the run's id"), one["required"])
        for one in operation.get("parameters", [])
    ]
    if sent := operation.get("requestBody"):
        schema = sent["content"]["application/json"]["schema"]
        needed = schema["required"]
        fields += [(name, "in the JSON body", name in needed) for name in schema["properties"]]
    rows = [(name, f"{said}{', needed' if needed else ''}") for name, said, needed in fields]
    answers = [(status, one["description"]) for status, one in operation["responses"].items()]
    return (
        f"<h2>{escape(operation['summary'])}</h2>"
        f"<pre>{method.upper()} {escape(base + path)}</pre>{table(rows)}"
        f"<h3>Answers</h3>{table(answers)}"
    )


def table(rows: list[tuple[str, str]]) -> str:
    cells = [
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(said)}</td></tr>"
        for name, said in rows
    ]
    return f"<table>{''.join(cells)}</table>" if cells else ""

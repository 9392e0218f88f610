"""A Streamlit session without a browser: it opens the lab as a page would and reads its token."""

import re
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

TOKEN = re.compile(rb'"token":\s*"([\w-]{43})"')


async def open_lab(address: str, units: tuple[int, ...]) -> tuple[ClientConnection, str]:
    """A session on /lab with hidden layers of so many units -> its socket, and the play's token."""
    host = address.partition("://")[2]
    url = f"ws://{host}/_stcore/stream"
    socket = await connect(url, origin=address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item,arg-type]
    widgets, token = await run(socket, {})
    values = {widgets[f"Units {i + 1}"]: float(count) for i, count in enumerate(units)}
    _, token = await run(socket, values)
    return socket, token


async def run(socket: ClientConnection, values: dict[str, float]) -> tuple[dict[str, str], str]:
    """One run of the page with number inputs set -> the ids of its number inputs, and the token."""
    message: Any = BackMsg()
    message.rerun_script.page_name = "lab"
    for identifier, value in values.items():
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.double_value = identifier, value
    await socket.send(message.SerializeToString())
    widgets: dict[str, str] = {}
    token = ""
    while True:
        data = await socket.recv()
        assert isinstance(data, bytes)
        found: Any = ForwardMsg()
        found.ParseFromString(data)
        kind = found.WhichOneof("type")
        if kind == "script_finished" and token:
            return widgets, token
        if kind == "delta" and found.delta.new_element.WhichOneof("type") == "number_input":
            field = found.delta.new_element.number_input
            widgets[field.label] = field.id
        if match := TOKEN.search(data):
            token = match[1].decode()

"""A Streamlit session without a browser: it opens the lab as a page would and reads its token."""

import re
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

TOKEN = re.compile(rb'"token":\s*"([\w-]{43})"')


async def opened(address: str, page: str, query: str) -> ClientConnection:
    """A session that has asked for /page?query. It ends when its socket is closed."""
    host = address.partition("://")[2]
    url = f"ws://{host}/_stcore/stream"
    socket = await connect(url, origin=address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item,arg-type]
    await rerun(socket, page, query)
    return socket


async def rerun(socket: ClientConnection, page: str, query: str, fragment: str = "") -> None:
    """Asks for the page, or for one fragment of it as its timer does."""
    message: Any = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    if fragment:
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
    await socket.send(message.SerializeToString())


async def received(socket: ClientConnection) -> tuple[Any, bytes]:
    """The next message, and its bytes."""
    data = await socket.recv()
    assert isinstance(data, bytes)
    found: Any = ForwardMsg()
    found.ParseFromString(data)
    return found, data


async def open_lab(address: str, query: str) -> tuple[ClientConnection, str]:
    """A session on /lab?query, whose controls stand as it says -> its socket, and the play's token.

    The socket is the session: the play ends when it is closed.
    """
    socket = await opened(address, "lab", query)
    token = ""
    while True:
        found, data = await received(socket)
        if found.WhichOneof("type") == "script_finished" and token:
            return socket, token
        if match := TOKEN.search(data):
            token = match[1].decode()

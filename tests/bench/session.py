"""A Streamlit session without a browser: it opens the lab as a page would and reads its token."""

import re
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

TOKEN = re.compile(rb'"token":\s*"([\w-]{43})"')


async def open_lab(address: str, query: str) -> tuple[ClientConnection, str]:
    """A session on /lab?query, whose controls stand as it says -> its socket, and the play's token.

    The socket is the session: the play ends when it is closed.
    """
    host = address.partition("://")[2]
    url = f"ws://{host}/_stcore/stream"
    socket = await connect(url, origin=address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item,arg-type]
    message: Any = BackMsg()
    message.rerun_script.page_name = "lab"
    message.rerun_script.query_string = query
    await socket.send(message.SerializeToString())
    token = ""
    while True:
        data = await socket.recv()
        assert isinstance(data, bytes)
        found: Any = ForwardMsg()
        found.ParseFromString(data)
        if found.WhichOneof("type") == "script_finished" and token:
            return socket, token
        if match := TOKEN.search(data):
            token = match[1].decode()

"""What `streamlit run app.py` starts: the pages, and beside them the routes of the live view."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from nn_core.live.hub import the_hub
from nn_core.live.routes import live_routes
from pages.ui.stage import STAGE, route_prefix


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Keeps what was loaded at the start out of every later garbage collection."""
    gc.collect()
    gc.freeze()
    yield
    the_hub().trainers.stop()


app = st.App(
    "pages/router.py", routes=live_routes(the_hub(), STAGE, route_prefix()), lifespan=lifespan
)

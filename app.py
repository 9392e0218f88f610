"""What `streamlit run app.py` starts: the pages, and beside them the routes of the live view."""

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from nn_core import jobs
from nn_core.live.hub import the_hub
from nn_core.live.routes import live_routes
from pages.ui.stage import STAGE, route_prefix


@asynccontextmanager
async def lifespan(app: Any) -> AsyncGenerator[None, None]:
    """Goes on with the runs that waited; ends workers and trainers with the server."""
    jobs.start()
    # What was loaded at the start stays out of every later garbage collection.
    gc.collect()
    gc.freeze()
    yield
    the_hub().trainers.stop()
    jobs.stop()


app = st.App(
    "pages/router.py", routes=live_routes(the_hub(), STAGE, route_prefix()), lifespan=lifespan
)

"""What `streamlit run app.py` starts: the pages, and beside them the routes of the live
view and of the API."""

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from threadpoolctl import threadpool_limits

from nn_core import jobs
from nn_core.api.baskets import basket_routes
from nn_core.api.routes import api_routes
from nn_core.jobs.receiving import upload_routes
from nn_core.live.hub import the_hub
from nn_core.live.routes import live_routes, same_host
from nn_core.live.warm_keras import the_keras
from pages.ui.address import base_path
from pages.ui.stage import STAGE, route_prefix


@asynccontextmanager
async def lifespan(app: Any) -> AsyncGenerator[None, None]:
    """Goes on with the runs that waited; ends workers and trainers with the server."""
    jobs.start()
    # Plays are small: threads of linear algebra that wait for each other cost more than they save
    # (an LSTM's step took 21 ms with two threads on busy cores, 6 ms with one). Workers have all.
    threadpool_limits(1, "blas")
    # What was loaded at the start stays out of every later garbage collection.
    gc.collect()
    gc.freeze()
    yield
    the_hub().trainers.stop()
    the_keras().stop()
    jobs.stop()


app = st.App(
    "pages/router.py",
    routes=[
        *live_routes(the_hub(), STAGE, route_prefix()),
        *upload_routes(route_prefix(), same_host),
        *basket_routes(route_prefix(), same_host),
        *api_routes(base_path()),
    ],
    lifespan=lifespan,
)

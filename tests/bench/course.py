"""A class in a lesson, whose pages ask again and again whether the step on the stage is done.

    python -m tests.bench.course --learners 1 30 [--part "the walk"]

Learners are Streamlit sessions without a browser on the back-propagation lesson. Each does what its
page's timer does: it asks for the fragment with the step, waits for the answer, and asks again
after the interval that the page names. Given are the milliseconds from question to answer, and how
much of one core the server needs.
"""

import argparse
import asyncio
import time
from urllib.parse import urlencode

import numpy as np
import psutil
from websockets.asyncio.client import ClientConnection

from tests.application import running_app
from tests.bench.live import busy
from tests.bench.session import opened, received, rerun

PAGE = "course"


async def learner(socket: ClientConnection, query: str, until: float) -> list[float]:
    """Asks until then -> the seconds that each answer took."""
    fragment, interval = "", 0.0
    while True:
        found, _ = await received(socket)
        kind = found.WhichOneof("type")
        if kind == "auto_rerun":
            fragment, interval = found.auto_rerun.fragment_id, found.auto_rerun.interval
        if kind == "script_finished" and fragment:
            break
    waits: list[float] = []
    while time.monotonic() < until:
        await asyncio.sleep(interval)
        asked = time.monotonic()
        await rerun(socket, PAGE, query, fragment)
        while (await received(socket))[0].WhichOneof("type") != "script_finished":
            pass
        waits.append(time.monotonic() - asked)
    return waits


async def measure(address: str, pid: int, learners: int, part: str, seconds: float) -> str:
    """A row of the table: so many learners for so long, once all pages stand."""
    query = urlencode({"lesson": "back-propagation", "part": part})
    sockets = [await opened(address, PAGE, query) for _ in range(learners)]
    warm = time.monotonic() + 10
    rounds = [asyncio.create_task(learner(each, query, warm + seconds)) for each in sockets]
    await asyncio.sleep(warm - time.monotonic())
    server = psutil.Process(pid)
    before = busy(server)
    waits = [wait for one in await asyncio.gather(*rounds) for wait in one]
    load = 100 * (busy(server) - before) / (time.monotonic() - warm)
    for socket in sockets:
        await socket.close()
    p50, p95 = (1000 * float(np.percentile(waits, share)) for share in (50, 95))
    return f"| {learners} | {len(waits)} | {p50:.0f} | {p95:.0f} | {load:.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, nargs="+", default=[1, 30])
    parser.add_argument("--part", default="the walk")
    parser.add_argument("--seconds", type=float, default=30)
    args = parser.parse_args()
    print("| learners | answers | p50, ms | p95, ms | server, % of a core |\n" + "|---" * 5 + "|")
    with running_app() as (process, address):
        for learners in args.learners:
            measured = measure(address, process.pid, learners, args.part, args.seconds)
            print(asyncio.run(measured), flush=True)


if __name__ == "__main__":
    main()

"""`python -m tests.bench.live --viewers 1 5 30 --kinds points pictures`: a class at its screens.

One viewer is a real Chromium on /lab; the others are Streamlit sessions without a browser, whose
live sockets acknowledge the pictures. Everyone plays the same set-up (points: a 2-8-8-1 network on
500 points at 150 updates a second; the others as the lab offers them first); now and then the
learning rate changes, and the time to the picture that shows it is taken. What a busy machine
changes least is the server's processor time for a picture, updates and everything else included.
"""

import argparse
import asyncio
import shutil
import time

import numpy as np
import psutil
from playwright.async_api import Browser, async_playwright

from tests.application import FLAGS, running_app
from tests.bench.session import open_lab
from tests.bench.viewers import CHANGE, RATES, Counts, frames_drawn, watching

# What the address says of the lab's controls.
KINDS = {
    "points": "lab-units-0=8&lab-units-1=8",
    "pictures": "lab-kind=Pictures",
    "pictures28": "lab-kind=Pictures&lab-pictures=digits28",
    "sequences": "lab-kind=Sequences",
    "sequences50": "lab-kind=Sequences&lab-steps-remember=50&lab-cell-units=32",
    "stack": "lab-kind=Any+stack",
}


async def measure(
    address: str, pid: int, viewers: int, seconds: float, query: str
) -> dict[str, float]:
    """Figures for one number of viewers, the Chromium among them."""
    counts = [Counts() for _ in range(viewers - 1)]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        sessions = [await open_lab(address, query) for _ in counts]
        others = [
            await watching(address, token, count) for (_, token), count in zip(sessions, counts)
        ]
        figures = await watch(browser, f"{address}/lab?{query}", counts, seconds, pid)
        for other in others:
            other.close()
        await browser.close()
    effects = [effect * 1000 for count in counts for effect in count.effects]
    if counts:
        passed = figures["seconds"]
        pictures = [count.pictures / passed for count in counts]
        figures["client pictures/s, least"] = min(pictures)
        figures["client pictures/s, mean"] = float(np.mean(pictures))
        figures["client updates/s, mean"] = float(
            np.mean([count.updates / passed for count in counts])
        )
        figures["client effect p50, ms"] = float(np.percentile(effects, 50))
        figures["client effect p95, ms"] = float(np.percentile(effects, 95))
        figures["kB/s each"] = float(np.mean([count.received for count in counts])) / passed / 1e3
    return figures


async def watch(
    browser: Browser, address: str, counts: list[Counts], seconds: float, pid: int
) -> dict[str, float]:
    """What the Chromium sees while everyone plays, and what the server takes for it."""
    page = await browser.new_page(viewport={"width": 1280, "height": 720})
    await page.goto(address)
    await page.wait_for_function("() => document.querySelector('.gn-stage')?.glassnet?.frame")
    await page.wait_for_timeout(700)
    await page.get_by_role("button", name="Play", exact=True).click()
    await page.wait_for_timeout(3000)
    server = psutil.Process(pid)
    for count in counts:
        count.counting = True
    start, worked, drawn = time.perf_counter(), busy(server), await frames_drawn(page)
    effects: list[float] = []
    while time.perf_counter() - start < seconds:
        await page.wait_for_timeout(350)
        effects.append(await page.evaluate(CHANGE, RATES[len(effects) % 2]))
    passed = time.perf_counter() - start
    for count in counts:
        count.counting = False
    worked, drawn = busy(server) - worked, await frames_drawn(page) - drawn
    pictures = drawn + sum(count.pictures for count in counts)
    return {
        "seconds": passed,
        "pictures/s": drawn / passed,
        "effect p50, ms": float(np.percentile(effects, 50)),
        "effect p95, ms": float(np.percentile(effects, 95)),
        "server CPU, %": 100 * worked / passed,
        "server CPU a picture, ms": 1000 * worked / pictures,
        "server MB": server.memory_info().rss / 1e6,
    }


def busy(process: psutil.Process) -> float:
    """Seconds of the processor so far."""
    times = process.cpu_times()
    return times.user + times.system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, nargs="+", default=[1, 5, 30])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=["points"])
    arguments = parser.parse_args()
    for kind in arguments.kinds:
        for viewers in arguments.viewers:
            with running_app() as (process, address):
                run = measure(address, process.pid, viewers, arguments.seconds, KINDS[kind])
                figures = asyncio.run(run)
            said = ", ".join(f"{k} {v:.1f}" for k, v in figures.items())
            print(f"{kind}, {viewers} viewers: {said}", flush=True)


if __name__ == "__main__":
    main()

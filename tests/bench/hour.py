"""`python -m tests.bench.hour --minutes 60 --kind points`: what grows while one viewer plays on.

A Chromium opens the lab and plays without a stop. Every minute the memory of the server and of the
page (after the browser has collected its garbage) is read. What is left at the end is a table and,
for each column, how fast it grew in the first quarter of the time and in the last: what fills a
room that has a bound grows at first and then no more.
"""

import argparse
import asyncio
import shutil
import time

import numpy as np
import psutil
from playwright.async_api import CDPSession, Page, async_playwright

from tests.application import FLAGS, running_app
from tests.bench.live import KINDS
from tests.bench.viewers import frames_drawn

Sample = dict[str, float]


async def play_on(address: str, pid: int, minutes: float, query: str) -> list[Sample]:
    """A sample at the start and after every minute."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        page = await browser.new_page(viewport={"width": 1280, "height": 720})
        await page.goto(f"{address}/lab?{query}")
        await page.wait_for_function("() => document.querySelector('.gn-stage')?.glassnet?.frame")
        await page.wait_for_timeout(700)
        await page.get_by_role("button", name="Play", exact=True).click()
        browser_side = await page.context.new_cdp_session(page)
        await browser_side.send("Performance.enable")
        server, start = psutil.Process(pid), time.monotonic()
        samples: list[Sample] = []
        while not samples or samples[-1]["minute"] < minutes:
            await asyncio.sleep(max(0.0, start + 60 * len(samples) - time.monotonic()))
            passed = (time.monotonic() - start) / 60
            samples.append({"minute": passed, **await sample(page, browser_side, server)})
            print(row(list(samples[-1].values())), flush=True)
        await browser.close()
    return samples


async def sample(page: Page, browser_side: CDPSession, server: psutil.Process) -> Sample:
    """What server and page hold now."""
    await browser_side.send("HeapProfiler.collectGarbage")
    answer = await browser_side.send("Performance.getMetrics")
    metrics = {metric["name"]: metric["value"] for metric in answer["metrics"]}
    return {
        "step": float(await page.get_by_test_id("stage").get_attribute("data-step") or 0),
        "pictures": float(await frames_drawn(page)),
        "server MB": server.memory_info().rss / 1e6,
        "threads": float(server.num_threads()),
        "workers": float(len(server.children(recursive=True))),
        "page MB": metrics["JSHeapUsedSize"] / 1e6,
        "DOM nodes": metrics["Nodes"],
        "listeners": metrics["JSEventListeners"],
    }


def row(cells: list[float] | list[str]) -> str:
    """One line of a table in Markdown."""
    said = [cell if isinstance(cell, str) else f"{cell:.1f}".removesuffix(".0") for cell in cells]
    return f"| {' | '.join(said)} |"


def slopes(samples: list[Sample]) -> list[str]:
    """Growth a minute in the first quarter of the samples and in the last, by column."""
    quarter = max(2, len(samples) // 4)
    lines = ["| | first quarter, a minute | last quarter, a minute |", "|---|---|---|"]
    for name in samples[0]:
        if name == "minute":
            continue
        grown = [
            np.polyfit([s["minute"] for s in part], [s[name] for s in part], 1)[0]
            for part in (samples[:quarter], samples[-quarter:])
        ]
        lines.append(f"| {name} | {grown[0]:.3f} | {grown[1]:.3f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--kind", choices=KINDS, default="points")
    arguments = parser.parse_args()
    with running_app() as (process, address):
        run = play_on(address, process.pid, arguments.minutes, KINDS[arguments.kind])
        samples = asyncio.run(run)
    print("\n" + row(list(samples[0])) + "\n" + "|---" * len(samples[0]) + "|")
    print("\n".join(row(list(each.values())) for each in samples))
    print("\n" + "\n".join(slopes(samples)))


if __name__ == "__main__":
    main()

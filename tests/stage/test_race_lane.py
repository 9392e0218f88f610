"""One run's line to its play: what it asks for again, and what it takes for its own."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.stage.test_modules import call

pytestmark = pytest.mark.browser

# A socket whose server is the test: `sent` is what it heard, `say` a message of the server's.
SERVER = """(async () => {
  const sockets = [], real = window.WebSocket;
  window.WebSocket = class {
    static OPEN = 1;
    constructor() { this.readyState = 1; this.sent = []; sockets.push(this); }
    send(text) { this.sent.push(JSON.parse(text)); }
    close() {}
  };
  const say = (header) => {
    const text = new TextEncoder().encode(JSON.stringify({ tensors: [], ...header }));
    const bytes = new Uint8Array(4 + text.length);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 4);
    sockets.at(-1).onmessage({ data: bytes.buffer });
  };
  const frame = (seq, step, more = {}) => say({ kind: 'frame', seq, step, steps_per_epoch: 4,
    stopped: null, loss: { train: 1 / (step + 1), test: 2 }, metric: { train: 0, test: 0 },
    ...more });
  const asked = () => sockets.at(-1).sent.filter(({ type }) => type !== 'ack');
  const lane = m.lane({ value: 'adam', token: 't' }, '', { changed() {}, status() {}, ended() {} });
  sockets[0].onopen();
  say({ kind: 'hello' });
  frame(0, %d, { reset: true });
  const found = await (async () => { %s })();
  lane.close();
  window.WebSocket = real;
  return found;
})()"""


def play(page: Page, story: str, step: int = 0) -> Any:
    """step: where the play stands when the page finds it."""
    return call(page, "racelane", f"await {SERVER % (step, story)}")


def test_it_asks_until_it_is_there_and_keeps_that_row(page: Page) -> None:
    found = play(
        page,
        """const before = lane.ready(); lane.reach(10); const under = lane.ready();
        frame(1, 4); const middle = lane.rows().length; frame(2, 10); frame(3, 10);
        return [before, under, middle, lane.ready(), asked(), lane.rows(),
          sockets[0].sent.filter(({ type }) => type === 'ack').length];""",
    )
    before, under, middle, ready, asked, rows, acknowledged = found
    assert (before, under, middle, ready) == (True, False, 1, True)
    assert asked == [{"type": "reach", "step": 10}] * 2
    assert [(row["step"], row["epoch"], row["loss"]) for row in rows] == [
        (0, 0, 1),
        (10, 2.5, 1 / 11),
    ]
    assert acknowledged == 4


def test_after_a_break_it_asks_again(page: Page) -> None:
    found = play(
        page,
        """lane.reach(10); sockets[0].onclose({ code: 1006 });
        await new Promise((done) => setTimeout(done, 700));
        sockets.at(-1).onopen(); return [sockets.length, asked()];""",
    )
    assert found == [2, [{"type": "reach", "step": 10}]]


def test_what_was_on_its_way_before_a_reset_is_of_no_run(page: Page) -> None:
    found = play(
        page,
        """lane.reach(10); lane.reset(); frame(1, 10);
        const late = [lane.rows().length, lane.ready()]; frame(2, 0, { reset: true });
        return [late, lane.rows().map(({ step }) => step), lane.ready()];""",
    )
    assert found == [[0, False], [0], True]


def test_a_play_that_has_trained_before_begins_anew(page: Page) -> None:
    found = play(
        page,
        """const early = [lane.ready(), lane.rows().length]; frame(1, 0, { reset: true });
        return [early, asked(), lane.rows().map(({ step }) => step), lane.ready()];""",
        step=7,
    )
    assert found == [[False, 0], [{"type": "reset"}], [0], True]


def test_a_run_that_has_stopped_is_there_and_its_last_numbers_are_none(page: Page) -> None:
    found = play(
        page,
        """lane.reach(10); frame(1, 3, { stopped: 'The loss is not finite.',
          loss: { train: null, test: null } });
        const none = Number.isNaN(lane.rows()[1].loss);
        return [lane.ready(), lane.rows().length, none, asked().length];""",
    )
    assert found == [True, 2, True, 1]

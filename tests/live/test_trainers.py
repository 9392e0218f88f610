"""Turns come by due time; who comes late trains less and is drawn as often."""

import asyncio
from typing import Any

from nn_core.live.trainers import SHARE, Share, Trainers
from tests.asynchronous import waited


class Player:
    """As much of a play as a trainer sees."""

    def __init__(self, turns: int, blocked: bool = False) -> None:
        """blocked: a turn ends without credit, which then has come already."""
        self.turns, self.blocked = turns, blocked
        self.inbox: list[Any] = []
        self.size, self.crowd, self.send = 0, 1, None
        self.taken: list[float] = []
        self.moving = blocked
        self.ended = asyncio.Event()

    def turn(self, now: float, slice_s: float, period: float) -> float | None:
        self.taken.append(now)
        if len(self.taken) == self.turns:
            self.ended.set()
            self.moving = False
            return None
        return None if self.blocked else now + 0.001


async def played(*players: Any) -> None:
    trainers = Trainers()
    for player in players:
        trainers.wake(player)
    await asyncio.wait_for(asyncio.gather(*(player.ended.wait() for player in players)), 20)
    trainers.stop()


def test_every_play_has_its_turns() -> None:
    async def scene() -> list[Player]:
        players = [Player(20) for _ in range(5)]
        await played(*players)
        return players

    assert [len(player.taken) for player in waited(scene())] == [20] * 5


def test_a_play_that_was_acknowledged_during_its_turn_has_another_one() -> None:
    async def scene() -> Player:
        player = Player(2, blocked=True)
        await played(player)
        return player

    assert len(waited(scene()).taken) == 2


def test_turns_that_come_late_train_less_until_they_come_in_time() -> None:
    share = Share()
    assert [share.after(0.0) for _ in range(3)] == [SHARE] * 3
    late = [share.after(1.0) for _ in range(200)]
    assert late == sorted(late, reverse=True)
    assert 0 < late[-1] < SHARE / 2
    assert [share.after(0.0) for _ in range(400)][-1] == SHARE

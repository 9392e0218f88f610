"""Who may ask: the bearer of a token of this very run, so often a second."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from nn_core.api.limits import BURST, RATE, WRONG_BURST, WRONG_RATE, Limiter
from nn_core.api.problems import Problem, not_admitted
from nn_core.jobs.tokens import admitted


class Gate:
    """Lets a request through, or raises the Problem that says why not."""

    def __init__(
        self,
        asked: Limiter | None = None,
        wrong: Limiter | None = None,
        check: Callable[[str, str], str | None] = admitted,
    ) -> None:
        self.asked = asked or Limiter(RATE, BURST)
        self.wrong = wrong or Limiter(WRONG_RATE, WRONG_BURST)
        self.check = check

    def let_in(self, request: Request) -> str:
        """-> the id of the run that may be asked. A right token is never held up by wrong ones."""
        run_id = str(request.path_params["run"])
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        right = self.check(run_id, token.strip()) if scheme.lower() == "bearer" else None
        if right is None:
            address = request.client.host if request.client else ""
            slow_down(self.wrong.wait(address))
            raise not_admitted()
        slow_down(self.asked.wait(right))
        return run_id


def slow_down(seconds: int) -> None:
    """429 where there are seconds to wait."""
    if seconds:
        raise Problem(
            429,
            f"Too many requests: wait {seconds} s. A token may ask {RATE:g} times a second, and "
            f"{BURST} times at once after a rest.",
            {"Retry-After": str(seconds)},
        )

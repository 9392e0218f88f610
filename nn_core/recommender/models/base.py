"""What every recommender is: options, a fit that returns arrays, and scores from the arrays."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.arrays import load_arrays, save_arrays
from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.split import TrainingData

Arrays = dict[str, NDArray[Any]]


def silent(event: dict[str, Any]) -> None:
    """For a caller who does not want to hear how far a fit is."""


def bracketed(label: str) -> str:
    """What the brackets of a model's label hold, or the label: its short name."""
    return label.rpartition("(")[2].removesuffix(")")


def never() -> bool:
    """For a fit that may take as long as it takes."""
    return False


@dataclass(frozen=True)
class Report:
    """Where a fit tells how far it is (`say`), and keeps what it needs to go on after a stop; a
    network asks after each epoch whether that is `enough`."""

    say: Callable[[dict[str, Any]], None] = silent
    checkpoint: Path | None = None
    enough: Callable[[], bool] = never


@dataclass(frozen=True)
class Recommender(ABC):
    """A model is its options. What it learned is arrays, kept in `Fitted`, never here."""

    name: ClassVar[str]
    label: ClassVar[str]
    spoken: ClassVar[str]
    """What a sentence calls it, where a label would begin anew: "the automatic choice"."""
    network: ClassVar[bool] = False
    likeness_means: ClassVar[str] = "cosine of what the model learned of the two"
    hints: ClassVar[bool] = False
    """Whether it reads rows that are no purchase, such as views, each by its weight. To any other
    model `Fitted` shows purchases alone."""
    scoring: ClassVar[float] = 25e-9
    """Seconds to score and rank one product for one customer, for the time that is left."""

    @abstractmethod
    def fit(self, train: TrainingData, report: Report) -> Arrays:
        """What was learned. An array "note" is a sentence for whoever reads the result."""

    @abstractmethod
    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """histories of N customers -> (N, I), higher is better; a history may be empty."""

    def same_scores(self, arrays: Arrays) -> NDArray[np.float32] | None:
        """(I,) finite scores, where they are the same for everybody; None where they are not."""
        return None

    def contributions(
        self, arrays: Arrays, histories: Histories, product: int
    ) -> NDArray[np.float32] | None:
        """The history of one customer -> (I,) what each product in it adds to this product's score.

        They sum to the score. None where the score is no such sum.
        """
        return None

    def reason(self, arrays: Arrays, product: int) -> str | None:
        """Why this product, in words, where the answer is the same for every customer."""
        return None

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32] | None:
        """(I, D) what it learned of each product; it may leave out the last, rarest ones."""
        return None

    def likeness(self, arrays: Arrays, product: int) -> NDArray[np.float32] | None:
        """(I,) how near each product is to this one, as far as the model ranks them; None where it
        knows no such thing. Where there are item vectors it is their cosine."""
        vectors = self.item_vectors(arrays)
        if vectors is None or product >= len(vectors):
            return None
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vectors[product])
        return np.asarray(vectors @ vectors[product] / np.maximum(lengths, 1e-12), np.float32)

    @classmethod
    def called(cls, dated: bool) -> tuple[str, str]:
        """label and spoken, as they are true of data with dates or without."""
        return cls.label, cls.spoken

    @classmethod
    def short(cls, dated: bool = True) -> str:
        return bracketed(cls.called(dated)[0])

    @classmethod
    def listed(cls, dated: bool = True) -> str:
        """The short name inside of a sentence, where one that is the label loses its capital."""
        short = cls.short(dated)
        return short if short != cls.called(dated)[0] else short[0].lower() + short[1:]

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        """Options worth trying, the usual ones first: what tuning may choose from."""
        return ({},)

    def on(self, fitted: Fitted, task: str) -> Fitted:
        """What answers this task: the same for every task, unless a model learned several."""
        return fitted

    def settled(self, arrays: Arrays) -> Recommender:
        """The same model with what its fit chose, so that a second fit need not choose."""
        return self

    def seconds(self, extent: Extent) -> float:
        """What a fit is expected to take on a machine of 2026: for the time that is left."""
        return 0.05

    @classmethod
    def load(cls) -> bool:
        """Imports what takes seconds to import, in a thread while others fit. Is there such?"""
        return False

    @classmethod
    def option_names(cls) -> list[str]:
        return [field.name for field in fields(cls)]

    def learn(self, train: TrainingData, report: Report | None = None) -> Fitted:
        read = train if self.hints else train.of_purchases()
        return Fitted(self, self.fit(read, report or Report()))


@dataclass(frozen=True)
class Fitted:
    """A model and what it learned."""

    model: Recommender
    arrays: Arrays

    @property
    def note(self) -> str:
        return str(self.arrays.get("note", ""))

    @property
    def log(self) -> list[dict[str, Any]]:
        """What was tried before this was chosen, for models that choose."""
        return json.loads(str(self.arrays["log"])) if "log" in self.arrays else []

    def on(self, task: str) -> Fitted:
        """What answers this task; see Recommender.on."""
        return self.model.on(self, task)

    def read(self, histories: Histories) -> Histories:
        """What this model reads of them: purchases, and hints where it can weigh them."""
        return histories if self.model.hints else histories.purchases

    def scores(self, histories: Histories) -> NDArray[np.float32]:
        """(N, I); see Recommender.scores."""
        return self.model.scores(self.arrays, self.read(histories))

    @property
    def same_scores(self) -> NDArray[np.float32] | None:
        """(I,) or None; see Recommender.same_scores."""
        return self.model.same_scores(self.arrays)

    def save(self, folder: Path) -> None:
        """As model.json and arrays/, so that loading runs no code from a file."""
        save_arrays(folder / "arrays", self.arrays)
        described = {"name": self.model.name, "options": asdict(self.model)}
        (folder / "model.json").write_text(json.dumps(described, indent=1))

    @classmethod
    def load(cls, folder: Path) -> Fitted:
        from nn_core.recommender.models import make_model

        described = json.loads((folder / "model.json").read_text())
        arrays = load_arrays(folder / "arrays")
        return cls(make_model(described["name"], **described["options"]), arrays)

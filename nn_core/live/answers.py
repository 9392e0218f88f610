"""Every question that a browser may ask, by the module that answers it."""

from nn_core.live import building, diagnoses, exports, glass, landscapes, receipts
from nn_core.live.asks import answer

__all__ = ["answer", "building", "diagnoses", "exports", "glass", "landscapes", "receipts"]

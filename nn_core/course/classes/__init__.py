"""Classes: what a teacher gives out under a link, and the answers that come together there."""

from nn_core.course.classes.assignment import Assignment
from nn_core.course.classes.store import (
    Answer,
    ClassError,
    Learner,
    answers,
    delete_class,
    ends,
    find_class,
    join,
    learners,
    make_class,
    own_class,
    record,
)

__all__ = [
    "Answer",
    "Assignment",
    "ClassError",
    "Learner",
    "answers",
    "delete_class",
    "ends",
    "find_class",
    "join",
    "learners",
    "make_class",
    "own_class",
    "record",
]

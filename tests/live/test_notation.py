"""Stacks as text: every registered layer there and back, and errors that teach."""

import pytest

from nn_core.layers import LAYERS, LSTM, Bidirectional, Conv2D, Layer, Reshape
from nn_core.live.notation import kinds, parse, written
from tests.engine.layers.cases import CASES

WRITABLE = [
    case.layer
    for case in CASES
    if not any(name.endswith("regularizer") and value for name, value in vars(case.layer).items())
    and "regularizer=L" not in repr(case.layer)
]


@pytest.mark.parametrize("layer", WRITABLE, ids=repr)
def test_a_layer_is_read_as_it_was_written(layer: Layer) -> None:
    assert parse(written((layer,))) == (layer,)


def test_every_registered_layer_has_a_notation() -> None:
    assert {type(layer) for layer in WRITABLE} == {LAYERS.get(name) for name in LAYERS}
    assert len(kinds()) == len(LAYERS.names())


def test_a_line_of_layers_reads_as_it_looks() -> None:
    text = "conv2d(4,3x2,padding=same)-reshape(3,-1)-bidirectional(lstm(8))"
    layers = Conv2D(4, (3, 2), padding="same"), Reshape((3, -1)), Bidirectional(LSTM(8))
    assert parse(text) == layers
    assert written(layers) == text
    assert parse(" Conv2D( 4, 3x2 , padding = same ) - reshape(3,-1)-bidirectional(lstm(8))") == (
        layers
    )
    assert parse("") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("dense(4)-denes(2)", "Unknown layer 'denes'; expected one of: .*conv2d"),
        ("conv2d(4)", r"conv2d expects kernel_size; write conv2d\(filters,kernel_size\)"),
        ("conv2d(many,3)", "conv2d expects filters as a whole number; received 'many'"),
        ("dense(true)", "dense expects units as a whole number"),
        ("dense(4,size=2)", "dense knows no 'size'; its fields are: units, activation"),
        ("dense(4,units=2)", "dense has already 'units'"),
        ("flatten(2)", "flatten has nothing to set"),
        ("reshape(2,tall)", "reshape expects target_shape as a whole number; received 'tall'"),
        ("bidirectional(dense(3))", r"expects layer as simple_rnn\(...\) or lstm"),
        ("dense(4)-dropout(0.1)-dropout(2)", "Dropout 'dropout_2' expects rate from 0 to below 1"),
        ("dense(4,activation=rleu)", "Unknown activation 'rleu'"),
        ("lstm(4", "Brackets open and close in pairs"),
        ("lstm(4))", "Brackets open and close in pairs"),
        ("lstm(4)x", "lstm expects its brackets closed at its end"),
        ("dense(4)--dense(2)", "on both sides of '-'"),
        ("dense(4,)", "on both sides of ','"),
        ("dense(4,kernel_regularizer=l2)", "dense expects kernel_regularizer as none"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(text)

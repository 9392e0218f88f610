"""Sequential: shapes, weights, seeds, changes in mid-run, and errors that teach."""

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.layers import Dense
from nn_core.losses import BinaryCrossentropy, Huber
from nn_core.names import snake
from nn_core.optimizers import SGD, Adam
from nn_core.training import BatchEnd, EpochEnd, fit
from tests.engine.cases import data, network


def test_the_example_of_the_readme_learns_xor() -> None:
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    model = Sequential([Dense(8, "tanh"), Dense(1, "sigmoid")], input_shape=(2,), seed=0)
    model.compile(Adam(learning_rate=0.05), loss="binary_crossentropy")
    first = model.train_on_batch(x, [0, 1, 1, 0])
    losses = [model.train_on_batch(x, [0, 1, 1, 0]) for _ in range(300)]
    assert isinstance(first, float)
    assert losses[-1] < 0.05 < first
    assert (model.predict(x)[:, 0] > 0.5).tolist() == [False, True, True, False]


def test_weights_lie_in_one_vector_in_keras_order() -> None:
    model = network()
    names = [f"dense_{i}/{part}" for i in (1, 2, 3) for part in ("kernel", "bias")]
    assert list(model.named_weights) == names
    assert all(np.shares_memory(w, model.weights.vector) for w in model.trainable_weights)
    assert np.concatenate([w.ravel() for w in model.get_weights()]).tolist() == (
        model.weights.vector.tolist()
    )


def test_a_seed_reproduces_a_run_bit_for_bit() -> None:
    x, y = data("mse", n=20)

    def run(seed: int) -> np.ndarray:
        model = network(dtype="float32", seed=seed)
        for _ in fit(model, x, y, epochs=3, batch_size=8):
            pass
        return model.weights.vector

    assert (run(4) == run(4)).all()
    assert (run(4) != run(5)).any()


def test_fit_yields_a_batch_at_a_time_and_validates_after_an_epoch() -> None:
    x, y = data("mse", n=20)
    model = network()
    events = list(fit(model, x, y, epochs=2, batch_size=8, validation_data=(x, y)))
    assert [type(event) for event in events] == [*[BatchEnd] * 3, EpochEnd] * 2
    assert events[-1].val_loss == pytest.approx(model.evaluate(x, y))  # type: ignore[union-attr]


def test_gradients_and_predictions_are_the_callers_own() -> None:
    """A later step must not write into what an earlier call handed out."""
    x, y = data("mse")
    model = network()
    gradient, prediction = model.gradients(x, y), model.predict(x)
    kept = [g.copy() for g in gradient], prediction.copy()
    model.train_on_batch(x, y)
    model.predict(x)
    assert all((a == b).all() for a, b in zip(gradient, kept[0]))
    assert (prediction == kept[1]).all()


def test_a_step_moves_the_weights_by_the_gradient() -> None:
    x, y = data("mse")
    model = network(optimizer=SGD(0.1))
    before, gradient = model.get_weights(), model.gradients(x, y)
    model.train_on_batch(x, y)
    for w, g, after in zip(before, gradient, model.get_weights()):
        np.testing.assert_allclose(after, w - 0.1 * g, rtol=1e-12, atol=1e-15)


def test_another_learning_rate_keeps_the_slots_and_another_rule_drops_them() -> None:
    x, y = data("mse")
    model = network(optimizer=Adam(0.01))
    model.train_on_batch(x, y)
    m = model.slots["m"].copy()
    model.set_optimizer(Adam(0.5))
    assert (model.slots["m"] == m).all()
    assert model.iterations == 1
    model.set_optimizer(SGD(0.1, momentum=0.9))
    assert model.slots.keys() == {"velocity"}
    assert not model.slots["velocity"].any()
    assert model.iterations == 0


def test_another_activation_keeps_the_weights() -> None:
    x, y = data("mse")
    model = network(hidden="tanh")
    model.train_on_batch(x, y)
    before = model.get_weights()
    model.replace_layer(0, Dense(5, activation="relu"))
    assert all((a == b).all() for a, b in zip(before, model.get_weights()))
    expected = np.maximum(x @ before[0] + before[1], 0)
    np.testing.assert_allclose(model.passes(x, y).caches[0].a, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Dense(0), "units as a whole number of 1 or more; received 0"),
        (lambda: Dense(3, activation="rellu"), "Unknown activation 'rellu'; expected one of: lin"),
        (lambda: Dense(3, kernel_initializer="x"), "Unknown initializer 'x'"),
        (lambda: Sequential([Dense(2)], (8, 8)), r"expects \(N, D\); received \(N, 8, 8\)"),
        (lambda: Sequential([], (2,)), "Add Dense"),
        (lambda: Sequential([Dense(2)], (2,), dtype="int8"), "float32 or float64; received 'int8'"),
        (lambda: Sequential([Dense(2, name="a"), Dense(2, name="a")], (2,)), "a more than once"),
        (lambda: network().compile("sdg"), "Unknown optimizer 'sdg'; expected one of: sgd, adam"),
        (lambda: network().compile(loss="l2"), "Unknown loss 'l2'"),
        (lambda: network().predict([1, 2, 3, 4]), r"of shape \(N, 4\); received \(4,\)"),
        (lambda: network().train_on_batch([[1, 2, 3, 4]], [[1, 2]]), r"received \(1, 2\)"),
        (lambda: network().set_weights([np.zeros(3)]), r"received \[\(3,\)\]"),
        (lambda: Sequential([Dense(2)], (2,)).train_on_batch([[1, 2]], [[1, 2]]), "call compile"),
        (lambda: network().replace_layer(0, Dense(9)), "Build a new Sequential"),
        (
            lambda: network(loss="sparse_categorical_crossentropy", output="softmax").evaluate(
                [[0] * 4], [3]
            ),
            "from 0 to 2; received 3 to 3",
        ),
        (
            lambda: network(output="sigmoid", loss=BinaryCrossentropy(from_logits=True)),
            "expects a linear output; received sigmoid in layer 'dense_3'",
        ),
        (lambda: Huber(delta=0), "delta above 0; received 0"),
        (lambda: SGD(learning_rate=-1), "learning_rate of 0 or more; received -1"),
        (lambda: Adam(beta_1=1.0), "beta_1 from 0 to below 1; received 1.0"),
    ],
)
def test_errors_say_what_was_expected_received_and_next(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


def test_a_run_that_explodes_gives_numbers_and_no_warning() -> None:
    x, y = data("mse")
    model = network(hidden="relu", optimizer=SGD(1e6), dtype="float32")
    losses = [model.train_on_batch(x, y) for _ in range(20)]
    assert not np.isfinite(losses[-1])


def test_memory_does_not_grow() -> None:
    model = network(dtype="float32")
    x, y = data("mse", n=40)
    for n in range(1, 30):
        model.train_on_batch(x[:n], y[:n])
    assert len(model.weights._kept) <= 4  # pyright: ignore[reportPrivateUsage]


def test_names_and_summary() -> None:
    assert [snake(name) for name in ("Conv2D", "MaxPooling2D", "SimpleRNN", "LSTM", "GRU")] == [
        "conv2d",
        "max_pooling2d",
        "simple_rnn",
        "lstm",
        "gru",
    ]
    assert "dense_2 (Dense)" in network().summary()
    assert network().summary().endswith("82")


def test_a_step_leaves_out_the_gradient_that_nobody_reads() -> None:
    x, y = data("mse")
    model = network()
    model.train_on_batch(x, y)
    first, second, _ = model.weights.kept(len(x)).parameters
    assert "dx" not in first.arrays
    assert second.arrays["dx"].shape == (len(x), 5)
    assert model.passes(x, y).dx.shape == x.shape

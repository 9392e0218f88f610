"""Digits through a few numbers: encoder and decoder are the halves of what was trained."""

import numpy as np
import pytest

from nn_core.course.codes import (
    Coder,
    drawn,
    grid,
    images,
    labels,
    layers,
    learnt,
    like_its_own,
    nearest,
)
from nn_core.course.lessons.autoencoder import sampled
from nn_core.course.measures import train, values
from nn_core.layers import Dense
from nn_core.network import Sequential


def test_the_halves_compute_what_the_whole_network_does() -> None:
    coder = learnt(2, 1.0, 1)
    whole = Sequential(layers(2, 1.0), (64,))
    whole.set_weights([*coder.encoder.get_weights(), *coder.decoder.get_weights()])
    x = images("test")[:5]
    np.testing.assert_allclose(coder.decoder.predict(coder.means(x)), whole.predict(x), atol=1e-6)


def test_the_divergence_is_that_of_the_layer() -> None:
    coder, x = learnt(2, 1.0, 1), images("test")[:50]
    whole = Sequential(layers(2, 1.0), (64,))
    whole.set_weights([*coder.encoder.get_weights(), *coder.decoder.get_weights()])
    whole.compile("sgd", "binary_crossentropy")
    passes = whole.passes(x, x)
    assert passes.penalty == pytest.approx(coder.divergence(x) / 64, rel=1e-4)


def test_the_mean_digit_leaves_all_of_the_error() -> None:
    mean = images("train").mean(axis=0)
    decoder = Sequential([Dense(64, "sigmoid")], (2,))
    decoder.set_weights([np.zeros((2, 64)), np.log((mean + 1e-9) / (1 - mean + 1e-9))])
    flat = Coder(learnt(2, None, 1).encoder, decoder, variational=False)
    assert flat.error(images("test")) == pytest.approx(1, abs=1e-3)


def test_a_known_digit_is_most_like_itself() -> None:
    known = images("train")
    assert nearest(known[:20], known).tolist() == list(range(20))
    assert labels("train").shape == (len(known),)


def test_a_plain_autoencoder_draws_digits_from_where_its_codes_are() -> None:
    coder, rng = learnt(2, None, 1), np.random.default_rng(0)
    own = coder.means(images("train"))
    codes = like_its_own(coder, rng, 4_000)
    np.testing.assert_allclose(codes.mean(axis=0), own.mean(axis=0), atol=0.3)
    np.testing.assert_allclose(codes.std(axis=0), own.std(axis=0), rtol=0.1)
    found, far = drawn(coder, codes), drawn(coder, rng.standard_normal((500, 2)))
    assert found.kinds.sum() == pytest.approx(1)
    assert (found.kinds > 0.02).sum() > (far.kinds > 0.02).sum() + 2


def test_noise_is_larger_than_what_parts_the_means_and_then_smaller() -> None:
    run = sampled(0.01).run(1)

    def parted_by_noise() -> float:
        mean, half = (values(run, f"gaussian_sampling_1/{n}") for n in ("mean", "log_variance"))
        return float(mean.std(axis=0).mean() / np.exp(half / 2).mean())

    assert parted_by_noise() < 1
    train(run, 200)
    assert parted_by_noise() > 5


def test_the_plane_is_decoded_from_left_to_right_and_upwards() -> None:
    coder = learnt(2, 1.0, 1)
    whole = grid(coder, 2.0, 5)
    corner = coder.decoder.predict([[-2.0, 2.0]]).reshape(8, 8)
    np.testing.assert_allclose(whole[1:9, 1:9], corner, atol=1e-6)
    last = coder.decoder.predict([[2.0, -2.0]]).reshape(8, 8)
    np.testing.assert_allclose(whole[-9:-1, -9:-1], last, atol=1e-6)

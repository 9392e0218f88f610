"""Home and lab through Streamlit's AppTest, on the router as people reach them."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.live.convolution import Pictures
from nn_core.live.hub import the_hub
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from pages.ui.content import sections


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file("../../pages/router.py", default_timeout=30)


def test_home_leads_to_lab_and_shop(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "A neural network, opened like a glass box"


def play_of(app: AppTest):
    spec, token = app.session_state["lab"]
    play = the_hub().find(token)
    assert play is not None
    assert play.spec == spec
    return token, play


def test_the_lab_opens_a_play_and_keeps_it(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    assert not app.exception
    token, play = play_of(app)
    assert isinstance(play.spec, Points)
    assert play.spec.dataset == "circle"
    app.run()
    assert play_of(app)[0] == token


def test_another_structure_is_another_play(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    token, _ = play_of(app)
    app.selectbox(key="lab-dataset").select("multi-gauss").run()
    app.slider(key="lab-layers").set_value(6).run()
    app.number_input(key="lab-units-5").set_value(16).run()
    app.selectbox(key="lab-initializer-0").select("he_normal").run()
    app.selectbox(key="lab-penalty").select("l2").run()
    assert not app.exception
    other, play = play_of(app)
    assert other != token
    assert the_hub().find(token) is None
    assert isinstance(play.spec, Points)
    assert play.spec.loss == "mse"
    assert [layer.units for layer in play.spec.hidden] == [4, 2, 2, 2, 2, 16]
    assert play.spec.hidden[0].initializer == "he_normal"
    assert play.run.model.penalties


def test_a_network_without_hidden_layers(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    app.slider(key="lab-layers").set_value(0).run()
    assert not app.exception
    assert len(play_of(app)[1].run.model.layers) == 1


def of_kind(app: AppTest, kind: str) -> AppTest:
    app.run()
    app.switch_page("lab.py").run()
    app.segmented_control(key="lab-kind").set_value(kind).run()
    assert not app.exception
    return app


def test_pictures_are_a_choice_with_their_own_controls(app: AppTest) -> None:
    of_kind(app, "Pictures")
    assert [layer.name for layer in play_of(app)[1].run.model.layers] == [
        "conv2d_1",
        "max_pooling2d_1",
        "flatten_1",
        "dense_1",
    ]
    app.selectbox(key="lab-pictures").select("digits28").run()
    app.slider(key="lab-convolutions").set_value(2).run()
    app.number_input(key="lab-filters-1").set_value(5).run()
    app.selectbox(key="lab-kernel-digits28-0").select(5).run()
    app.selectbox(key="lab-pool-1").select("average").run()
    app.selectbox(key="lab-picture-loss").select("sparse_categorical_crossentropy").run()
    assert not app.exception
    _, play = play_of(app)
    assert isinstance(play.spec, Pictures)
    assert [block.filters for block in play.spec.blocks] == [4, 5]
    assert [block.kernel_size for block in play.spec.blocks] == [5, 3]
    assert play.run.model.layers[3].name == "average_pooling2d_1"
    assert play.run.model.input_shape == (28, 28, 1)


@pytest.mark.parametrize("kernels", [2, 3, 4])
def test_every_pair_of_small_convolutions_can_be_chosen(app: AppTest, kernels: int) -> None:
    of_kind(app, "Pictures")
    app.slider(key="lab-convolutions").set_value(2).run()
    for index in range(2):
        app.selectbox(key=f"lab-kernel-digits8-{index}").select(kernels).run()
    assert not app.exception
    assert len(play_of(app)[1].run.model.layers) == 6


def test_sequences_are_a_choice_with_their_own_controls(app: AppTest) -> None:
    of_kind(app, "Sequences")
    assert play_of(app)[1].run.model.layers[0].name == "lstm_1"
    app.selectbox(key="lab-task").select("sales").run()
    app.slider(key="lab-steps-sales").set_value(50).run()
    app.selectbox(key="lab-cell").select("GRU").run()
    app.number_input(key="lab-cell-units").set_value(32).run()
    assert not app.exception
    _, play = play_of(app)
    assert isinstance(play.spec, Sequences)
    assert play.run.model.input_shape == (50, 1)
    assert play.run.model.named_weights["gru_1/recurrent_kernel"].shape == (32, 96)
    app.segmented_control(key="lab-kind").set_value("Points").run()
    assert not app.exception
    assert isinstance(play_of(app)[1].spec, Points)


@pytest.mark.parametrize("lesson", ["home", "lab"])
def test_prose_has_sections(lesson: str) -> None:
    assert all(sections(lesson).values())

"""What a lesson sees of a play: how far slow motion has come, and what panels have asked."""

from nn_core.course.seen import Seen, asked, reached
from nn_core.live.play import Play
from nn_core.live.points import Points


def test_slow_motion_is_seen_operation_by_operation() -> None:
    play = Play(Points(), Points().start)
    before = Seen.playing_on(play)
    done = reached("dense_1/dz")
    operations = 0
    while not done(before, Seen.playing_on(play)):
        play.move("operation")
        operations += 1
    assert operations > 5
    assert "dense_1/dkernel" not in Seen.playing_on(play).known


def test_a_panels_question_is_seen() -> None:
    play = Play(Points(), Points().start)
    done, before = asked("gradient_receipt"), Seen.playing_on(play)
    assert not done(before, Seen.playing_on(play))
    question = {"type": "ask", "what": "gradient_receipt", "weight": "dense_1/kernel[0,0]"}
    play.obey(question | {"over": "sample"}, 0.0)
    assert done(before, Seen.playing_on(play))

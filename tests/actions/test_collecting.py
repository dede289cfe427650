import gc

import pytest

from registry.actions.collecting import collecting_later


def test_nothing_is_collected_inside_and_everything_again_after():
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_inside_leaves_it_on():
    with pytest.raises(ZeroDivisionError), collecting_later():
        1 / 0  # noqa: B018
    assert gc.isenabled()


def test_one_inside_another_leaves_it_to_the_outer():
    with collecting_later():
        with collecting_later():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_has_put_it_off_for_good_keeps_it_so():
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

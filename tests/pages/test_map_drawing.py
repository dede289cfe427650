"""The geometry of the map, to the tenth of a unit."""

from decimal import Decimal
from math import cos, radians

from registry.pages.map_drawing import FONT, WIDTH, Point, Spot, draw, projection_of, radius_of, scale_of


def spot(code="a", latitude=21.0, longitude=106.0, amount=0, sure=0, name="KCN A") -> Spot:
    return Spot(code=code, latitude=latitude, longitude=longitude, registered_usd=Decimal(amount),
                confirmed_usd=Decimal(sure), name=name, words="1 USD")


CORNERS = [Point(21.0, 106.0, "bac-ninh"), Point(21.5, 107.0, "bac-giang")]


def test_nothing_is_no_map():
    assert draw([], []) is None


def test_one_point_is_a_map():
    assert draw([Point(21.0, 106.0)], []).dots == (("", "M40 40h0"),)


def test_north_is_up_and_the_margins_are_kept():
    drawn = draw(CORNERS, [])
    assert dict(drawn.dots)["bac-giang"] == "M680 40h0"
    assert dict(drawn.dots)["bac-ninh"].startswith("M40 ")
    assert drawn.width == "720"


def test_a_kilometre_is_as_long_both_ways():
    projection = projection_of([(21.0, 106.0), (21.5, 107.0)])
    assert projection.cosine == cos(radians(21.25))
    x, y = projection.at(21.0, 106.0)
    assert abs((projection.at(21.0, 106.1)[0] - x) / projection.cosine - (y - projection.at(21.1, 106.0)[1])) < 1e-6


def test_areas_are_proportional_with_a_least_size():
    assert radius_of(Decimal(400), Decimal(400)) == 36
    assert radius_of(Decimal(100), Decimal(400)) == 18
    assert radius_of(Decimal(1), Decimal(1_000_000)) == 5
    assert radius_of(Decimal(0), Decimal(400)) == radius_of(Decimal(-5), Decimal(400)) == 4.5


def test_a_zone_without_capital_is_hollow_and_larger_ones_lie_below():
    drawn = draw(CORNERS, [spot("none"), spot("small", amount=1), spot("large", amount=9)])
    assert [(each.spot.code, each.is_hollow) for each in drawn.circles] == [
        ("large", False), ("small", False), ("none", True)]


def test_the_part_on_certificates_is_a_part_of_the_area():
    circle = draw(CORNERS, [spot(amount=400, sure=100)]).circles[0]
    assert (circle.radius, circle.sure) == ("36", "18")
    assert draw(CORNERS, [spot(amount=400)]).circles[0].sure == ""
    assert draw(CORNERS, [spot(amount=400, sure=900)]).circles[0].sure == "36"


def test_labels_do_not_overlap():
    spots = [spot(code, 21.2 + number / 100, 106.2, amount=9 - number) for number, code in enumerate("abcde")]
    drawn = draw(CORNERS, spots)
    assert 1 < len(drawn.labels) <= 4
    places = [float(label.y) for label in drawn.labels]
    beside = [(label.x, label.anchor) for label in drawn.labels]
    for number, place in enumerate(places):
        for other in range(number):
            assert beside[number] != beside[other] or abs(place - places[other]) >= 2.5 * FONT - 0.1


def test_a_label_keeps_within_the_drawing():
    (label,) = draw(CORNERS, [spot(longitude=107.0, latitude=21.5, amount=5)]).labels
    assert label.anchor == "end"


def test_a_label_without_room_is_left_out():
    assert draw(CORNERS, [spot(amount=5, name="K" * 80)]).labels == ()


def test_the_scale_is_a_round_number_of_kilometres():
    projection = projection_of([(21.0, 106.0), (21.5, 107.0)])
    scale = scale_of(projection)
    assert scale.km == 20
    assert float(scale.end) - float(scale.x) == round(20 * projection.per_km, 1)
    assert float(scale.end) - float(scale.x) <= WIDTH / 4


def test_narrow_screens_crop_only_what_has_no_zone():
    assert draw(CORNERS, [spot()]).crops
    assert not draw(CORNERS, [spot(longitude=106.9)]).crops

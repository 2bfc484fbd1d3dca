"""What is taught, as two kinds of school say it: by options of departments, or the same for all."""

import pytest

from common.datafile import reading
from common.datafile.curriculum import Curriculum

GOOD = """\
hours: 60
semesters:
  s9: {title: {fr: Semestre 9}, hours: 40, until: 2031-12-31}
  s10: {title: {fr: Semestre 10}, hours: 20, from: 2032-01-01}
tracks:
  physics:
    options:
      optics:
        title: {fr: Optique}
        courses: [{title: {fr: Lasers}}, {title: {fr: Fibres}, choice: one}, {title: {fr: Vision}, choice: one}]
      waves: {title: {fr: Ondes}, courses: [{title: {fr: Acoustique}}]}
  maths:
    courses: [{title: {fr: Algèbre}}, {title: {fr: Analyse}}]
"""


def read(text: str):
    return reading.read(text, Curriculum, lambda *_: [], called="a curriculum")


def test_the_courses_of_each_option_or_the_same_for_all():
    curriculum, mistakes = read(GOOD)
    assert mistakes == []
    assert {
        key: {
            option: [(line.title["fr"], line.choice) for line in lines]
            for option, lines in track.lists().items()
        }
        for key, track in curriculum.tracks.items()
    } == {
        "physics": {
            "optics": [("Lasers", None), ("Fibres", "one"), ("Vision", "one")],
            "waves": [("Acoustique", None)],
        },
        "maths": {None: [("Algèbre", None), ("Analyse", None)]},
    }


@pytest.mark.parametrize(
    ("good", "wrong", "line", "said"),
    [
        (
            "  maths:\n",
            "  maths:\n    options: {a: {title: {fr: A}, courses: []}}\n",
            13,
            "at least 1",
        ),
        ("    courses: [{title: {fr: Algèbre}}, {title: {fr: Analyse}}]", "    {}", 12, "either"),
        ("hours: 40, until", "hours: 40, from: 2032-01-01, until", 3, "'from' is after 'until'"),
        ("hours: 20,", "hours: -1,", 4, "greater than or equal to 0"),
    ],
)
def test_a_mistake_is_told_on_its_line(good, wrong, line, said):
    assert good in GOOD
    curriculum, mistakes = read(GOOD.replace(good, wrong, 1))
    assert curriculum is None
    assert [(at, said in message) for at, message in mistakes] == [(line, True)], mistakes

"""The supplementary list: drawn up shortly before the start, left when the time or the places are over (R-JOB-6)."""

from apprenticeship.services.supplementary.drawing import draw_list, no_other_last_day_under_a_list
from apprenticeship.services.supplementary.ending import end_trainees
from apprenticeship.services.supplementary.letters import KINDS

__all__ = ["KINDS", "draw_list", "end_trainees", "no_other_last_day_under_a_list"]

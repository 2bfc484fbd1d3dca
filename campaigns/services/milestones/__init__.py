"""The calendar's engine: what milestones do by themselves, once, on their date (R-CAL-2)."""

from campaigns.services.milestones.engine import PERFORM, perform_run, standing_now, sweep
from campaigns.services.milestones.moving import move_milestone
from campaigns.services.milestones.people import (
    arm_run,
    confirm_run,
    disarm_run,
    free_run,
    hold_run,
    retry_run,
    skip_run,
    start_late_run,
)
from campaigns.services.milestones.registry import Action, Due, register_action

__all__ = [
    "PERFORM",
    "Action",
    "Due",
    "arm_run",
    "confirm_run",
    "disarm_run",
    "free_run",
    "hold_run",
    "move_milestone",
    "perform_run",
    "register_action",
    "retry_run",
    "skip_run",
    "standing_now",
    "start_late_run",
    "sweep",
]

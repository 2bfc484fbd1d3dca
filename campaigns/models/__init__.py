"""The notice as rows (`notice`), and what its dates do by themselves (`runs`)."""

from campaigns.models.notice import (
    AgeRule,
    Campaign,
    Diploma,
    DocumentRequirement,
    FeeTier,
    Keyed,
    ListedDiploma,
    Milestone,
    NoticeVersion,
    Pool,
    Route,
    Scoped,
    SearchRule,
    Speciality,
    StatedRule,
)
from campaigns.models.runs import MilestoneRun
from campaigns.models.selection import Assessment, Outcome, Programme, Selection, Stage

__all__ = [
    "AgeRule",
    "Assessment",
    "Campaign",
    "Diploma",
    "DocumentRequirement",
    "FeeTier",
    "Keyed",
    "ListedDiploma",
    "Milestone",
    "MilestoneRun",
    "NoticeVersion",
    "Outcome",
    "Pool",
    "Programme",
    "Route",
    "Scoped",
    "SearchRule",
    "Selection",
    "Speciality",
    "Stage",
    "StatedRule",
]

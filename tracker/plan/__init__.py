"""Plan files: which are shipped, and how one is read, checked whole, and made into a campaign."""

from tracker.plan.problems import PlanProblems, Problem
from tracker.plan.reading import read, shipped
from tracker.plan.records import DueOnDayOff, Plan

__all__ = ["DueOnDayOff", "Plan", "PlanProblems", "Problem", "read", "shipped"]

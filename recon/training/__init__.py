"""Lessons for trainees: exercises with their own figures that check themselves, and pictures for the notebooks."""

from recon.training import charts
from recon.training.check import Verdict
from recon.training.lessons import Lesson, course, lesson
from recon.training.shop import noodle_shop

__all__ = ["Lesson", "Verdict", "charts", "course", "lesson", "noodle_shop"]

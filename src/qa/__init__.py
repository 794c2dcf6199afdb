"""Askwell: a regulator's reports and ratings, asked in plain words, answered exactly and quoted exactly."""

__version__ = "0.1.0"

"""Fairweather: stance, claims and summaries on commentary about alliances."""

__version__ = "0.1.0"

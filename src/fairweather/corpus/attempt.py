"""What came of asking for one page or file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """One address asked for: for which article or archive, and the outcome in words."""

    wanted: str
    url: str
    outcome: str

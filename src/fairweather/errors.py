"""The one error the user sees: what is wrong, where, and what to do about it."""

from collections.abc import Iterable


class FairweatherError(Exception):
    """Something the person at the keyboard can mend.

    The command line prints it without a traceback and ends with exit code 2.

    >>> str(FairweatherError("no such split 'dev'", remedy="choose train, validation or test"))
    "no such split 'dev'\\n  -> choose train, validation or test"
    """

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(message if remedy is None else f"{message}\n  -> {remedy}")


class ProblemsError(FairweatherError):
    """Many problems of one input, found in one reading and reported together.

    >>> error = ProblemsError("preds.jsonl", ["line 1: not JSON", "line 9: unknown id 'x'"])
    >>> error.problems
    ('line 1: not JSON', "line 9: unknown id 'x'")
    """

    def __init__(
        self, where: str, problems: Iterable[str], *, total: int | None = None, remedy: str | None = None
    ) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        unseen = self.total - len(self.problems)
        lines = [f"{where}: {self.total} problem{'s' if self.total != 1 else ''}"]
        lines += [f"  {problem}" for problem in self.problems]
        if unseen:
            lines.append(f"  … and {unseen} more")
        super().__init__("\n".join(lines), remedy=remedy)


def unknown_name(kind: str, name: object, valid: Iterable[str]) -> FairweatherError:
    """An error for a name that does not exist, naming those that do.

    >>> print(unknown_name("task", "stanse", ["claims", "stance"]))
    unknown task 'stanse'
      -> valid: claims, stance
    """
    return FairweatherError(f"unknown {kind} {name!r}", remedy="valid: " + ", ".join(valid))

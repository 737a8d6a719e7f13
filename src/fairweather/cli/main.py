"""The `fairweather` command: its subcommands, and what an error looks like."""

import os
import sys
from importlib import import_module

import click

from fairweather import __version__
from fairweather.errors import FairweatherError

# Subcommand to the module that holds it, so that `fairweather score` imports nothing of what `bench` needs.
_COMMANDS = {
    "bench": "fairweather.cli.bench",
    "curate": "fairweather.cli.curate",
    "export": "fairweather.cli.hydrate",
    "export-votes": "fairweather.cli.hydrate",
    "hydrate": "fairweather.cli.hydrate",
    "score": "fairweather.cli.score",
    "validate": "fairweather.cli.validate",
    "verify": "fairweather.cli.score",
}
_HELP = {
    "bench": "Fit, predict and score every baseline, and print the board.",
    "curate": "Bring articles in, prepare blind sheets, collect votes, measure agreement.",
    "export": "Write a loadable dataset folder with the hydrated splits in it.",
    "export-votes": "Write every annotator's vote and the soft labels, as LeWiDi has them.",
    "hydrate": "Find the text of stand-off articles in your own copies.",
    "score": "Score a predictions file.",
    "validate": "Check corpus files, or a predictions file.",
    "verify": "Recompute a result from its predictions and compare.",
}


class _Lazy(click.Group):
    """A group whose subcommands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All subcommands, sorted."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one subcommand."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _HELP[name]) for name in self.list_commands(ctx)])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fairweather")
def cli() -> None:
    """Stance, claims and summaries on commentary about alliances: dataset, scorer and leaderboard.

    \b
    Example: fairweather bench
             fairweather score stance my-predictions.jsonl
    """


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 a check failed, 2 something the user can mend."""
    try:
        code = cli.main(standalone_mode=False)
    except FairweatherError as error:
        click.echo(f"fairweather: {error}", err=True)
        code = 2
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("fairweather: interrupted; nothing is half-written", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; what was asked for is written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        click.echo(f"fairweather: {error.strerror or error}: {error.filename or 'output'}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)

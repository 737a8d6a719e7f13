"""`python -m fairweather` is the `fairweather` command."""

from fairweather.cli.main import main

main()

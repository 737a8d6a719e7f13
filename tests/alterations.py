"""What happens to a text on its way to a user: the alterations that hydration must bear."""

import html
import textwrap
import unicodedata
from collections.abc import Callable

Alteration = Callable[[str], str]


def straight_quotes(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def curly_quotes(text: str) -> str:
    return text.replace("'", "’").replace(' "', " “").replace('" ', "” ")


def spaced_dashes(text: str) -> str:
    return text.replace(" — ", "—").replace("—", " — ")


def unspaced_dashes(text: str) -> str:
    return text.replace(" — ", "—").replace(" – ", "–")


def double_hyphens(text: str) -> str:
    return text.replace("—", "--")


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def one_line(text: str) -> str:
    return " ".join(text.split())


def hard_wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(line, 72, break_on_hyphens=False) for line in text.split("\n") if line.strip())


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def no_break_spaces(text: str) -> str:
    return text.replace(" of ", "\u00a0of\u00a0").replace(" the ", "\u202fthe ")


def upper_headings(text: str) -> str:
    return "\n".join(line.upper() if len(line) < 60 else line for line in text.split("\n"))


def furniture_between(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n\nADVERTISEMENT\n\nRelated: Ten things to know about ports\n\n".join(lines)


def as_html(text: str) -> str:
    """A page with a menu, related stories between paragraphs, inline links and a footer."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    body = ""
    for number, line in enumerate(paragraphs):
        words = html.escape(line).split(" ")
        words[0] = f"<em>{words[0]}</em>"
        body += f"<p>{' '.join(words)}</p>\n"
        if number % 4 == 3:
            body += (
                '<aside class="related"><h4>Related stories</h4><ul><li><a href="/x">Port news</a></li></ul></aside>\n'
            )
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "World", "Opinion", "Subscribe"))
    return (
        f"<!DOCTYPE html><html><head><title>Page</title><script>var a = 1;</script></head><body><nav><ul>{menu}</ul>"
        f"</nav><article>{body}</article><footer><p>All rights reserved.</p></footer></body></html>"
    )


# After these every unit must be found.
HARMLESS: dict[str, Alteration] = {
    alter.__name__: alter
    for alter in (
        straight_quotes,
        curly_quotes,
        spaced_dashes,
        unspaced_dashes,
        double_hyphens,
        crlf,
        one_line,
        hard_wrapped,
        nfd,
        no_break_spaces,
        upper_headings,
        furniture_between,
        as_html,
    )
}

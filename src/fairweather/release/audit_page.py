"""The audit as a page: one self-contained HTML file, no scripts, nothing fetched."""

from collections.abc import Mapping, Sequence
from html import escape

from fairweather.release.audit import Check
from fairweather.release.origin import Telltale
from fairweather.release.variety import Style

_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; width: 100%; font: 14px/1.4 system-ui, sans-serif; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
td.mark { width: 6.5rem; white-space: nowrap; font-weight: 600; }
.holds { color: #1b6b3a; } .broken { color: #b00020; } .aim { color: #8a5a00; }
.worst { color: #555; font-size: 12px; }
.bar { background: #e6e6e6; height: .7rem; position: relative; min-width: 10rem; }
.bar i { position: absolute; left: 0; top: 0; bottom: 0; background: #35618f; }
"""


def _mark(check: Check) -> str:
    if check.holds:
        return '<td class="mark holds">holds</td>'
    return '<td class="mark broken">BROKEN</td>' if check.must else '<td class="mark aim">not yet</td>'


def _checks(title: str, checks: Sequence[Check]) -> str:
    rows = []
    for check in checks:
        worst = "".join(f'<div class="worst">{escape(line)}</div>' for line in check.worst)
        rows.append(
            f"<tr>{_mark(check)}<td>{escape(check.name)}{worst}</td><td>{escape(check.measured)}</td>"
            f"<td>{escape(check.wanted)}</td></tr>"
        )
    head = "<tr><th></th><th>property</th><th>measured</th><th>wanted</th></tr>"
    return f"<h2>{escape(title)}</h2><table>{head}{''.join(rows)}</table>"


def _styles(styles: Mapping[str, Style]) -> str:
    widest = max((style.mean_words + style.sd_words for style in styles.values()), default=1.0)
    rows = []
    for name, style in styles.items():
        width = 100 * style.mean_words / widest
        rows.append(
            f"<tr><td>{escape(name)}</td><td>{style.articles}</td><td>{style.sentences:,}</td>"
            f'<td><div class="bar"><i style="width:{width:.0f}%"></i></div></td>'
            f"<td>{style.mean_words:.1f} ± {style.sd_words:.1f}</td><td>{style.claim_share:.1%}</td>"
            f"<td>{style.question_share:.1%}</td></tr>"
        )
    head = (
        "<tr><th>source</th><th>articles</th><th>sentences</th><th></th><th>words a sentence (mean ± s.d.)</th>"
        "<th>claims</th><th>questions</th></tr>"
    )
    return f"<h2>Style, beside real text</h2><table>{head}{''.join(rows)}</table>"


def _telltales(found: Mapping[str, Telltale]) -> str:
    rows = [
        f"<tr><td>{escape(name)}</td><td>{told.passages:,}</td><td>{told.auc:.3f}</td>"
        f"<td>{escape(', '.join(told.written))}</td><td>{escape(', '.join(told.real))}</td></tr>"
        for name, told in found.items()
    ]
    head = (
        "<tr><th>open against</th><th>passages</th><th>ROC AUC (0.5: cannot be told)</th>"
        "<th>words that speak for open</th><th>words that speak for the other</th></tr>"
    )
    return f"<h2>Told from real text by a linear classifier</h2><table>{head}{''.join(rows)}</table>"


def audit_page(
    version: str,
    sections: Mapping[str, Sequence[Check]],
    styles: Mapping[str, Style],
    telltales: Mapping[str, Telltale],
) -> str:
    """The whole page; the same data give the same bytes."""
    every = [check for checks in sections.values() for check in checks]
    broken = sum(check.must and not check.holds for check in every)
    aims = sum(not check.must and not check.holds for check in every)
    parts = [_checks(title, checks) for title, checks in sections.items() if checks]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fairweather audit</title>'
        f"<style>{_STYLE}</style></head><body><h1>Audit of Fairweather {escape(version)}</h1>"
        f"<p>{len(every)} properties: {len(every) - broken - aims} hold, {broken} broken, {aims} not yet reached. "
        "A broken property stops a release; one not yet reached is an aim of a corpus that still grows.</p>"
        f"{''.join(parts)}{_styles(styles)}{_telltales(telltales) if telltales else ''}</body></html>\n"
    )

#!/usr/bin/env python3
"""Draws text as a picture of a terminal: text on standard input, SVG on standard output.

    mvn -q compile exec:java 2>/dev/null | python3 docs/images/render-terminal.py "mvn -q compile exec:java" > docs/images/demo.svg

Every line is stretched to its number of columns, so that the picture is aligned in any monospaced font.
"""

import re
import sys
from xml.sax.saxutils import escape

CELL, LINE, MARGIN, TOP = 7.8, 18, 18, 44


def main():
    command = sys.argv[1]
    text = re.sub("\x1b\\[[0-9;]*m", "", sys.stdin.read())
    lines = ["$ " + command, ""] + text.rstrip("\n").split("\n")
    width = round(max(map(len, lines)) * CELL + 2 * MARGIN)
    height = TOP + len(lines) * LINE + MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">')
    print(f"<title>{escape(command)} in a terminal</title>")
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#16181d"/>')
    for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        print(f'<circle cx="{MARGIN + 4 + 18 * i}" cy="18" r="5" fill="{colour}"/>')
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="13">')
    for i, line in enumerate(lines):
        text = line.lstrip(" ")
        if not text:
            continue
        x = MARGIN + (len(line) - len(text)) * CELL
        y = TOP + (i + 1) * LINE - 6
        length = len(text) * CELL
        print(
            f'<text x="{x:.1f}" y="{y}" fill="{colour_of(line)}" textLength="{length:.1f}" xml:space="preserve">'
            f"{escape(text)}</text>"
        )
    print("</g>")
    print("</svg>")


def colour_of(line):
    if line.startswith("$ "):
        return "#7ee787"
    if set(line) <= set("─ "):
        return "#555b66"
    return "#d7dae0"


main()

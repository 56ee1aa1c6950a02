"""Formulas of a notebook as MathML, which browsers draw without JavaScript and without a network."""

import copy
import re

from latex2mathml.converter import convert

# Code is left alone; it comes first, so that a `$` in it begins no formula.
PARTS = re.compile(r"(```.*?```|`[^`\n]*`)|\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)


def markup(match):
    code, display, inline = match.groups()
    if code is not None:
        return code
    return convert(display or inline, display="block" if display else "inline")


def with_formulas(notebook):
    """Returns a copy in which the formulas of all texts are MathML."""
    drawn = copy.deepcopy(notebook)
    for cell in drawn.cells:
        if cell.cell_type == "markdown":
            cell.source = PARTS.sub(markup, cell.source)
    return drawn

"""The council report as one HTML file that needs nothing beside it and prints on two sheets.

Belongs here: putting the contents into the template with the style of the pages. Does not belong here:
what the report says (`contents.py`).
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from pipelines.charts.painter import Painter
from pipelines.charts.palette import style_sheet
from pipelines.council.pdf import drawn


def rendered(report: dict[str, Any], painter: Painter) -> bytes:
    """The page of a report, as roomy as paper allows; every text is escaped, pictures and style are ours."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipelines.council"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    shown = drawn(report, painter)
    return environment.get_template("report.html").render(d=shown, style=_style()).encode()


def _style() -> Markup:
    pages = resources.files("pipelines.site").joinpath("templates/style.css").read_text("utf-8")
    own = resources.files("pipelines.council").joinpath("templates/report.css").read_text("utf-8")
    return Markup(pages + own + style_sheet())  # noqa: S704 - our own style sheets

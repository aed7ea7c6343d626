"""What an engine needs to draw, made by Altair and vl-convert in a process of their own.

Belongs here: Vega itself with the words around it, and the specification of each form in each language. Does
not belong here: what a form looks like (`forms/`), drawing (`renderer.py`).

Both libraries are needed once for the life of a renderer and take 110 MB, among them a second JavaScript engine.
"""

from __future__ import annotations

from typing import Any

import orjson

from pipelines.apart import answering, asked_apart
from pipelines.charts.forms import FORMS, Form, declare
from pipelines.charts.words import WORDS

View = str
"""A form and a language, as `view` writes them."""


def view(form: Form, language: str) -> View:
    """The name of a form in a language."""
    return f"{form} {language}"


def specified(snippet: str) -> tuple[str, dict[View, str]]:
    """Vega as one script, and the specification of every form in every language as JSON.

    Args:
        snippet: what the script does with Vega, `%s` in place of its version.

    Raises:
        ApartBroke: a library cannot be loaded or fails.
    """
    script, specifications = orjson.loads(asked_apart(__name__, snippet.encode()))
    return script, specifications


def answered(snippet: bytes) -> bytes:
    """What the process does: from the snippet to script and specifications as JSON."""
    import vl_convert  # noqa: PLC0415 - costs a second

    script = vl_convert.javascript_bundle(snippet.decode() % vl_convert.get_vega_version())
    specifications = {
        view(form, language): orjson.dumps(compiled(form, language)).decode()
        for form in FORMS
        for language in WORDS
    }
    return orjson.dumps([script, specifications])


def compiled(form: Form, language: str = "de") -> dict[str, Any]:
    """The Vega specification of a form, with its data set `rows` still empty."""
    import vl_convert  # noqa: PLC0415 - costs a second

    return vl_convert.vegalite_to_vega(declare(form, language))


if __name__ == "__main__":
    answering(answered)

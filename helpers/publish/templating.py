"""Templating: a web page from a template of helpers/publish/templates.

Static, and safe whatever a text holds: the templates escape every value, and no script runs but
the page's own.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from helpers.publish.escaping import show_controls

TEMPLATES = Path(__file__).parent / "templates"


def render_page(template: str, script: str = "evidence.js", **values) -> bytes:
    """A template filled in, as UTF-8. Its style and script stand in the page, and a policy allows
    these two and nothing else that runs or loads."""
    from markupsafe import Markup

    blocks = {
        name: Markup((TEMPLATES / file).read_text("utf-8"))
        for name, file in (("style", "page.css"), ("script", script))
    }
    sums = {
        f"{name}_sum": base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        for name, block in blocks.items()
    }
    return open_templates().get_template(template).render(**blocks, **sums, **values).encode()


@cache
def open_templates():
    """The templates, escaping every value, refusing one that is missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show_value,
    )


def show_value(value):
    """A value as a template shows it: its control characters as pictures. What is markup already
    stays as it is."""
    return value if hasattr(value, "__html__") else show_controls(str(value))

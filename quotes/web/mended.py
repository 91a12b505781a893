"""Small faults of Datasette's own templates that keep people out: no language of the page, fields without a name.

The templates are read as they are and mended on the way, so that they stay Datasette's.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, Environment

from quotes.web.releases import FRAME

MENDS = {
    "base.html": FRAME,
    "table.html": (
        ("{% if is_view %} (view){% endif %}", "{% if is_view and not is_list %} (view){% endif %}"),
        ('<select name="_filter_column', '<select aria-label="Column to filter by" name="_filter_column'),
        ('<select name="_filter_op', '<select aria-label="How to compare" name="_filter_op'),
        ('<input type="text" name="_filter_value', '<input aria-label="Value" type="text" name="_filter_value'),
    ),
}


class MendingLoader(BaseLoader):
    """Another loader's templates, mended."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source as the other loader gives it, mended; raises TemplateNotFound as it does."""
        source, filename, is_current = self.loader.get_source(environment, template)
        for old, new in MENDS.get(template.removeprefix("default:"), ()):
            source = source.replace(old, new)
        return source, filename, is_current

    def list_templates(self) -> list[str]:
        """All templates of the other loader."""
        return self.loader.list_templates()


def mend(environment: Environment) -> None:
    """Let an environment mend the templates it loads."""
    if environment.loader is not None:
        environment.loader = MendingLoader(environment.loader)

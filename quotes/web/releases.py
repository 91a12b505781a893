"""Where Datasette 0.65 and 1.0 differ: permissions, settings, stored queries.  Nothing else here asks which one runs.

Who may do what is the same on both.  On 1.0 each rule says yes or no outright, because there a "no" beats a "yes": so
neither `--root` nor a `permissions:` block makes a reviewer of somebody whose decisions could not be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from datasette.version import __version__

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Actor = Mapping[str, Any]

IS_1 = not __version__.startswith("0.")

INSPECTED = ("databases", "config") if IS_1 else ("databases", "threads", "metadata")
"""Datasette's pages about itself that tell too much: file paths, settings of plugins; 1.0 keeps threads to root."""

_VERSION = "<script>window.datasetteVersion = '{{ datasette_version }}';</script>"
FRAME = (
    (
        (_VERSION, f"{{% if not site %}}{_VERSION}{{% endif %}}"),
        ('<header class="hd">', '<header{% if not site %} class="hd"{% endif %}>'),
        ('<footer class="ft">', '<footer{% if not site %} class="ft"{% endif %}>'),
    )
    if IS_1
    else (("<html>", '<html lang="en">'),)
)
"""What is mended in base.html, old and new: 0.65 names no language; 1.0 has a script that the policy of our pages
forbids, and colours that our stylesheet would have to fight."""

WRITING = frozenset(
    {"insert-row", "update-row", "delete-row", "create-table", "alter-table", "drop-table", "set-column-type"}
    | {"create-view", "drop-view", "execute-write-sql"}
)
"""What 1.0 can let people do to a database by itself; 0.65 can do none of it."""

MOST_QUERIES = 1_000

# Imports of Datasette's own modules stand in the functions: each line has some that the other has not.


def arguments(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What Datasette is made with, from our one metadata.yml: 1.0 reads titles in `metadata`, all else in `config`."""
    return {"metadata": metadata, "config": deepcopy(metadata)} if IS_1 else {"metadata": metadata}


async def may(datasette: Datasette, actor: Actor | None, action: str) -> bool:
    """Whether the actor has a permission of ours."""
    if IS_1:
        return bool(await datasette.allowed(action=action, actor=actor))
    return bool(await datasette.permission_allowed(actor, action, default=False))


async def require_database(datasette: Datasette, actor: Actor | None, name: str) -> None:
    """Raise Forbidden if the actor may not see this database."""
    if not IS_1:
        await datasette.ensure_permissions(actor, [("view-database", name), "view-instance"])
        return
    from datasette.resources import DatabaseResource

    await datasette.ensure_permission(action="view-database", resource=DatabaseResource(name), actor=actor)


def actions(described: Mapping[str, str]) -> list[Any]:
    """Permissions with their descriptions, as 1.0's hook register_actions wants them."""
    from datasette.permissions import Action

    return [Action(name=name, description=description) for name, description in described.items()]


def rule(answer: bool | None) -> Any:  # noqa: ANN401, FBT001
    """An answer to "may this actor?", as 1.0's hook permission_resources_sql wants it; None says nothing."""
    from datasette.permissions import PermissionSQL

    if answer is None:
        return None
    return PermissionSQL.allow(reason="quotes") if answer else PermissionSQL.deny(reason="quotes")


def closed(databases: Sequence[str]) -> Any:  # noqa: ANN401
    """That nobody, root included, may do this to these databases: there only our own pages write."""
    from datasette.permissions import PermissionSQL

    names = {f"quotes_{place}": name for place, name in enumerate(databases)}
    rows = [
        f"SELECT :{key} AS parent, NULL AS child, 0 AS allow, 'only pages of quotes write' AS reason" for key in names
    ]
    return PermissionSQL(sql=" UNION ALL ".join(rows), params=names) if rows else None


async def stored_queries(datasette: Datasette, database: str, actor: Actor | None) -> list[Mapping[str, Any]]:
    """The queries of a database that metadata.yml names: name, title, description."""
    if not IS_1:
        return list((await datasette.get_canned_queries(database, actor)).values())
    page = await datasette.list_queries(database, actor=actor, limit=MOST_QUERIES)
    return [vars(query) for query in page.queries]


async def site_metadata(datasette: Datasette) -> Mapping[str, Any]:
    """The site's title and description."""
    found: Mapping[str, Any] = await datasette.get_instance_metadata() if IS_1 else datasette.metadata()
    return found


async def inspected(datasette: Datasette, request: Request, page: str) -> Any:  # noqa: ANN401
    """What Datasette would show on a page of INSPECTED."""
    if page == "threads":
        return datasette._threads()
    if page == "databases":
        return await datasette._databases_data(request) if IS_1 else datasette._connected_databases()
    return datasette._config() if IS_1 else datasette.metadata()

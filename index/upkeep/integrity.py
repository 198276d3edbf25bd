"""A data directory -> what is not as it must be in it, and the mending of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.catalog import Catalog
from index.embedding.embedder import Embedder
from index.ingestion import AddResult, Ingestion
from index.models import Finding, Part
from index.settings import VectorServer
from index.upkeep.journal import Journal, Source
from index.vectors import Inspection, VectorIndex, inspect, inspect_server, unit_id


def check(data: Path, catalog: Catalog, embedder: Embedder, server: VectorServer | None = None) -> list[Finding]:
    """Look at everything; nothing is changed.

    The vector index is left out while another process has it: that one checked it when it started. ``server``: the
    Chroma server that has the vectors, if one has.

    Raises:
        StoreError: the catalog cannot be read at all.
    """
    found = catalog.findings(embedder.name, embedder.dimensions)
    found += _unfinished(Journal(data).unfinished())
    inspection = inspect(data) if server is None else inspect_server(server, catalog)
    return found + ([] if inspection is None else _vector_findings(inspection, catalog))


def quick_check(data: Path, catalog: Catalog) -> list[Finding]:
    """Compare counts and revisions, and look at what was being added when a process was stopped."""
    return catalog.quick_findings() + _unfinished(Journal(data).unfinished())


def repair(
    findings: Sequence[Finding], catalog: Catalog, vectors: VectorIndex, ingestion: Ingestion, journal: Journal
) -> Iterator[str]:
    """Repair what was found; yields what was done, in a sentence each.

    An article is processed again from its stored text; what is derived is rebuilt from what it is derived from. A file
    that SQLite finds damaged cannot be repaired so, and is reported.
    """
    parts = {finding.part for finding in findings}
    if "database" in parts:
        yield "catalog.sqlite cannot be mended: put a backup back with `dixit restore FILE --force`."
    if "rows" in parts:
        yield f"removed {catalog.drop_orphans()} rows of articles that are not there"
    if parts & {"rows", "full text"}:
        catalog.rebuild_full_text()
        yield "made the full text anew"
    if parts & {"rows", "stories"}:
        catalog.rebuild_stories()
        yield "found the near-duplicates anew from the texts"
    for article_id in _about(findings, ("article", "model", "corrections")):
        if (article := ingestion.read_again(article_id)) is not None:
            yield f"read {article.key} anew from its stored text"
    if "vectors" in parts:
        vectors.rebuild()
        yield "made the vector index anew from the catalog"
    vectors.sync()
    yield from _resume(journal, ingestion)


def _resume(journal: Journal, ingestion: Ingestion) -> Iterator[str]:
    left = journal.unfinished()
    for source in left:
        results: Iterable[AddResult] = ()
        if "://" in source.name:
            results = ingestion.add_address(source.name)
        elif not source.uploaded and Path(source.name).exists():
            results = ingestion.add([Path(source.name)])
        else:
            yield f"{source.name} cannot be found again: add it once more"
        for result in results:
            yield f"{result.outcome} {result.source}" + (f": {result.reason}" if result.reason else "")
    journal.forget(left)


def _unfinished(sources: Iterable[Source]) -> list[Finding]:
    problem = "adding it was stopped half way; what is in is whole, add it again for the rest"
    return [Finding("unfinished", name, problem) for name in dict.fromkeys(source.name for source in sources)]


def _vector_findings(inspection: Inspection, catalog: Catalog) -> list[Finding]:
    """Compare Chroma's rows with the catalog's; what the next start takes up by itself is no finding."""
    if inspection.damage is not None:
        return [Finding("vectors", "vectors", inspection.damage)] if catalog.count() else []
    seen = -1 if inspection.revision is None else inspection.revision  # what changed later is taken up at the start
    unchanged, wanted = catalog.revision() <= seen, _wanted(catalog)
    held = {row.id: row.revision for row in inspection.rows}
    counts = _differences({unit: at for unit, at in wanted.items() if at <= seen}, held)
    counts["of no article"] = len(held.keys() - wanted.keys()) if unchanged else 0
    return [Finding("vectors", "vectors", f"{count} units {problem}") for problem, count in counts.items() if count]


def _wanted(catalog: Catalog) -> dict[str, int]:
    """Return the id of each unit that Chroma must hold, with the revision of its article."""
    revisions, dimensions = catalog.revisions(), catalog.dimensions()
    units = (unit for unit in catalog.units() if unit.vector.size == dimensions)
    return {unit_id(unit): revisions.get(unit.article_id, 0) for unit in units}


def _differences(wanted: Mapping[str, int], held: Mapping[str, int]) -> dict[str, int]:
    """Count the units that Chroma lacks, and those that it holds of another revision of their article."""
    return {
        "missing": len(wanted.keys() - held.keys()),
        "of another revision": sum(held.get(unit, at) != at for unit, at in wanted.items()),
    }


def _about(findings: Iterable[Finding], parts: Sequence[Part]) -> list[str]:
    return list(dict.fromkeys(finding.about for finding in findings if finding.part in parts))

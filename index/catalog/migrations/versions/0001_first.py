"""The first form of the catalog, as Dixit 0.1 made it: where every migration begins."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """Nothing: a new catalog is made by ``index.catalog.database``."""

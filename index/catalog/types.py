"""Types of columns that mean the same in every database: PostgreSQL orders text by its code points, as SQLite does."""

from __future__ import annotations

import sqlalchemy as sa

TEXT: sa.types.TypeEngine[str] = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WORD: sa.types.TypeEngine[str] = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ROW: sa.types.TypeEngine[int] = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
"""The number of a row; in SQLite it must be an INTEGER to be the row's own."""

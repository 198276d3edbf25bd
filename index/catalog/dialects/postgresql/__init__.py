"""PostgreSQL: the catalog on a server that several machines share."""

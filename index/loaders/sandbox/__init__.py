"""Documents read in a confined process: the client, the worker, what passes between them."""

"""Sources that workers take in, in whatever process: the queue with the bytes, and the work."""

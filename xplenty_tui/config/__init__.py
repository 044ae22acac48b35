"""Where files lie, what is set, and where the key comes from."""

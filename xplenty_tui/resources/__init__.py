"""One file a kind: all that a person sees of it. ``ALL`` is the only list of kinds."""

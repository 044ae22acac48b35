"""Pure rules over the store: what needs a person."""

"""The wire: one door, one module a resource, models and typed errors. Could be published alone."""

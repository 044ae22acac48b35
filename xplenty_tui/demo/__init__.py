"""A small Xplenty that obeys the documentation: a seeded world behind a transport and a loopback server."""

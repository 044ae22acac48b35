"""Which fetch is worth a credit now (pure), and the one background task that does it."""

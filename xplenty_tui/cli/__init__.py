"""The command line: what was asked for, the commands that need no screen, and the way to the screen."""

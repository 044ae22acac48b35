"""xplenty-tui: watch and run an Xplenty (Integrate.io ETL) account from the terminal."""

__version__ = "0.1.0"

"""The command line ``khkr``. Each command parses, calls the library, and shows; nothing is decided here."""

from kh_kr_corpus.cli.app import main

__all__ = ["main"]

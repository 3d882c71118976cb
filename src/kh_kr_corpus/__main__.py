"""``python -m kh_kr_corpus`` is ``khkr``."""

from kh_kr_corpus.cli import main

if __name__ == "__main__":
    main()

"""The loader under a fuzzer that sees which lines an input reaches; for Linux, with ``pip install atheris``.

Run it at the top of the project with ``python -m bench.fuzz_atheris -runs=1000000 -max_len=2000``; libFuzzer's options
are taken, a folder to keep inputs in among them. Every input is taken as by :mod:`bench.fuzz_yaml`, and anything but
our own errors stops the run with the input.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["kh_kr_corpus._yaml", "kh_kr_corpus.store", "yaml"]):
    from bench.fuzz_yaml import ODD, SMALL, take


def one(data: bytes) -> None:
    """Bytes as text; those over 0xF0 stand for the odd pieces, so that they are met more often."""
    pieces = [ODD[byte % len(ODD)] if byte > 0xF0 else "" for byte in data[:9]]
    take("".join(pieces) + data.decode("utf-8", errors="surrogateescape" if len(data) % 7 == 0 else "ignore"))
    if len(data) < 40:
        take(SMALL[: len(data) * 5] + data.decode("utf-8", errors="ignore") + SMALL[len(data) * 5 :])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()

"""The name of bytes: their SHA-256, or a keyed one where a guess must not be confirmed.

Belongs here: how a kept file is named. Does not belong here: keeping it (`pipelines/snapshots.py`).

A return form is published but for one small number. Whoever knows the rest could try the three
hundred possible files and compare hashes. Files of a source that declares `keyed` are therefore
named by HMAC-SHA-256 under a key that lies beside the snapshots, is made once and never published;
their size is told in whole thousands of bytes. Equal bytes still have equal names.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

KEY_FILE = "fingerprint.key"
KEY_BYTES = 32
SIZE_STEP = 1_000


def fingerprint(content: bytes, folder: Path, *, keyed: bool) -> str:
    """Name of a file, 64 hexadecimal digits; `folder` is where snapshots lie."""
    if not keyed:
        return hashlib.sha256(content).hexdigest()
    return hmac.new(_key(folder), content, hashlib.sha256).hexdigest()


def told_size(content: bytes, *, keyed: bool) -> int:
    """Size as it is published, in bytes."""
    return -(-len(content) // SIZE_STEP) * SIZE_STEP if keyed else len(content)


def _key(folder: Path) -> bytes:
    """The key of this home, made at first use, readable by its owner only."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{KEY_FILE}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(beside, path)  # the first one wins; nobody ever reads half a key
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_bytes()

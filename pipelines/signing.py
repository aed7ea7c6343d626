"""A detached signature beside the manifest of a release, by the key of this installation.

Belongs here: making it and comparing it, through OpenSSH's `ssh-keygen`. Does not belong here: the hashes
that make one signed file stand for a whole release (`pipelines/release.py`, `pipelines/verifying.py`).

Optional: without the setting `signing_key` nothing is signed, without `signers` no signature is asked for.
Anybody can compare one without this program:

    ssh-keygen -Y verify -f signers -I sdg17 -n sdg17-release -s manifest.json.sig < manifest.json
"""

from __future__ import annotations

import subprocess
from pathlib import Path

NAMESPACE = "sdg17-release"
IDENTITY = "sdg17"
"""Who signs, as the file of signers names them: `sdg17 ssh-ed25519 AAAA…`."""
SUFFIX = ".sig"
LONGEST = 60


class CannotSign(RuntimeError):
    """The key cannot be used; nothing is published without the signature that was asked for."""


def sign(file: Path, key: Path) -> None:
    """Write the signature of a file beside it.

    Raises:
        CannotSign: no program, no key, or a key that asks for a passphrase.
    """
    beside = file.with_name(file.name + SUFFIX)
    beside.unlink(missing_ok=True)  # the program asks before it writes over one
    said = _carried_out(["-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(file)], b"")
    if said is not None or not beside.exists():
        raise CannotSign(f"{file.name} could not be signed with {key}: {said or 'no signature was written'}")


def signature_problem(file: Path, signers: Path) -> str | None:
    """Why a file does not bear a valid signature of one of the signers; null where it does."""
    beside = file.with_name(file.name + SUFFIX)
    if not beside.exists():
        return f"{beside.name} is not there"
    words = ["-Y", "verify", "-q", "-f", str(signers), "-I", IDENTITY, "-n", NAMESPACE, "-s", str(beside)]
    return _carried_out(words, file.read_bytes())


def _carried_out(words: list[str], content: bytes) -> str | None:
    """Run the program; null where it ends well, else what it said."""
    try:
        done = subprocess.run(
            ["ssh-keygen", *words], input=content, capture_output=True, timeout=LONGEST, check=False,
            start_new_session=True,  # no terminal: a key with a passphrase fails instead of asking
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"ssh-keygen: {error}"
    said = (done.stderr or done.stdout).decode(errors="replace").strip()
    return None if done.returncode == 0 else said or f"ssh-keygen ended with {done.returncode}"

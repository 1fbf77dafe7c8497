"""The sealed box of a round: who may still answer, by hashes alone, and the answers, in no order anybody chose."""

import hashlib
import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY, _NONCE = 32, 12
# bytes that one person takes at most, answered or not; the box is always as long as if all had written all they may
SLOT = 1_600


class Broken(ValueError):
    """The box does not open with its key."""


@dataclass(frozen=True, order=True, slots=True)
class Given:
    """One answer: the office (its key), a mark or none for each question, and words."""

    office: int
    marks: tuple[tuple[str, int], ...] = ()
    words: str = ""


@dataclass
class Box:
    """`unused`: the hash of every token that has not been used, with the office of whoever was asked by it."""

    unused: dict[str, int] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)

    def put(self, token: str, marks: Mapping[str, int], words: str) -> bool:
        """Use up the token for one answer; False when it is none, or was used."""
        office = self.unused.pop(hashed(token), None)
        if office is None:
            return False
        self.given.append(Given(office, tuple(sorted(marks.items())), words))
        return True


def new_key() -> str:
    return secrets.token_hex(_KEY)


def token_of(key: str, member: int) -> str:
    """The one token of this member in this round: reckoned, so that it is written down nowhere."""
    return hmac.new(bytes.fromhex(key), f"token of {member}".encode(), hashlib.sha256).hexdigest()


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def seal(box: Box, *, key: str, people: int) -> str:
    """The box as one text of a length that depends on nothing but `people`; no part of it says when it was made."""
    # sorted: two boxes with the same answers are alike, whoever came first
    said = [sorted(box.unused.items()), [[g.office, g.marks, g.words] for g in sorted(box.given)]]
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    room = people * SLOT
    if len(plain) > room:
        raise Broken("More was written than the box has room for.")
    nonce = secrets.token_bytes(_NONCE)  # not Fernet: its tokens carry the time in the open
    return b64encode(nonce + _cipher(key).encrypt(nonce, plain.ljust(room), None)).decode()


def unseal(sealed: str, *, key: str) -> Box:
    """What `seal` made. Raises Broken when the key is another, or the text was changed."""
    try:
        whole = b64decode(sealed, validate=True)
        unused, given = json.loads(_cipher(key).decrypt(whole[:_NONCE], whole[_NONCE:], None))
    except (InvalidTag, ValueError) as fault:
        raise Broken("The answers of this round cannot be opened.") from fault
    answers = [Given(office, tuple((name, mark) for name, mark in marks), words) for office, marks, words in given]
    return Box(dict(unused), answers)


def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"box of a round:" + bytes.fromhex(key)).digest())

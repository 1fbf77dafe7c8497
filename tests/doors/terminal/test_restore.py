"""Bringing a firm back: all of it or nothing, and only over another when told."""

import json
import random
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kept.doors.terminal import archive
from kept.doors.terminal.archive import Archive, Broken, open_archive, verify
from kept.doors.terminal.restoring import Refused, restore
from kept.kit.secrets import close
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Message, Original
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.links import SignInLink
from kept.ledgers.team.models import Firm, Member
from tests.doors.terminal.homes import everything
from tests.studio import NOW, Studio


def test_a_restore_replaces_everything_and_signs_everybody_out(backup: Archive, busy: Studio) -> None:
    Client.objects.create(name="Later than the backup")
    busy.ada.name = "Somebody else"
    busy.ada.save()
    restore(backup)
    assert not Client.objects.filter(name="Later than the backup").exists()
    assert Member.objects.get(pk=busy.ada.pk).name == "Ada Lark"
    assert not SignInLink.objects.exists()
    assert bytes(Original.objects.get().zipped) == bytes(range(256))
    assert Message.objects.filter(at=NOW - timedelta(days=1)).count() == 1


def test_the_command_replaces_a_firm_only_when_told_and_backs_it_up_first(
    backup: Archive, busy: Studio, tmp_path: Path, settings: object
) -> None:
    settings.KEPT_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    Firm.objects.update(name="Changed since")
    with pytest.raises(CommandError, match="There is a firm here already, and it was left as it is"):
        call_command("restore", str(backup.path))
    assert Firm.objects.get().name == "Changed since"
    call_command("restore", str(backup.path), over=True)
    assert Firm.objects.get().name == "Larkfield Studio"
    (safe,) = (tmp_path / "home" / "backups").iterdir()
    assert any("Changed since" in row for row in everything(safe)["team.Firm"])


def test_the_command_names_the_mailboxes_whose_password_only_another_machine_can_open(
    studio: Studio, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.KEPT_HOME = tmp_path / "home"
    for address, key in (("ours@larkfield.example", "this machine's key"), ("old@larkfield.example", "another key")):
        settings.KEPT_SECRETS = [key]
        Mailbox.objects.create(
            address=address, host="imap.larkfield.example", username="x", secret=close("a password"), quiet_before=NOW,
            added_at=NOW,
        )  # fmt: skip
    call_command("backup", str(tmp_path / "firm.kept"))
    settings.KEPT_SECRETS = ["this machine's key"]
    capsys.readouterr()
    call_command("restore", str(tmp_path / "firm.kept"), "--over")
    said = capsys.readouterr().out
    assert "old@larkfield.example is not read until its password is given again" in said
    assert "ours@larkfield.example" not in said


def test_a_damaged_file_is_noticed_before_anything_changes(backup: Archive, tmp_path: Path) -> None:
    whole = bytearray(backup.path.read_bytes())
    rot = _within_content(backup.path)
    for name, content in {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "letter": b"Dear Ada,",
        "rotten": whole[:rot] + bytes([whole[rot] ^ 255]) + whole[rot + 1 :],
    }.items():
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(CommandError, match=r"damaged|not a backup of Kept"):
            call_command("restore", str(file), over=True)
    assert Firm.objects.get().name == "Larkfield Studio"


def _within_content(file: Path) -> int:
    """Where in the file a byte of its largest member is: in the headers there are bytes that mean nothing."""
    with zipfile.ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda member: member.compress_size)
    header, name_and_extra = 30, len(largest.filename) + len(largest.extra)
    return largest.header_offset + header + name_and_extra + largest.compress_size // 2


def test_whichever_byte_rots_it_is_noticed_or_means_nothing(backup: Archive, tmp_path: Path) -> None:
    whole, file, rng = backup.path.read_bytes(), tmp_path / "rotten", random.Random(11)
    true, noticed = everything(backup.path), 0
    for _ in range(100):
        rot = rng.randrange(len(whole))
        file.write_bytes(whole[:rot] + bytes([whole[rot] ^ rng.randrange(1, 256)]) + whole[rot + 1 :])
        try:
            verify(open_archive(file))
        except Broken:
            noticed += 1
        else:
            assert everything(file) == true, f"byte {rot}"
    assert noticed > 50


def test_a_table_that_was_exchanged_is_noticed(backup: Archive, tmp_path: Path) -> None:
    file = rewritten(backup.path, tmp_path, change=("rows/team.Firm.jsonl", b"Larkfield", b"Darkfield"))
    with pytest.raises(Broken, match=r"team\.Firm is not as it was written"):
        verify(open_archive(file))


def test_a_backup_of_another_version_is_refused_with_the_way_out(backup: Archive, tmp_path: Path) -> None:
    first, also = b'"team.0001_ledger"', b'"team.0001_ledger","team.9"'
    newer = rewritten(backup.path, tmp_path, change=("about.json", first, also))
    with pytest.raises(Refused, match="is newer than this one"):
        restore(open_archive(newer))
    older = rewritten(backup.path, tmp_path, change=("about.json", first + b",", b""))
    with pytest.raises(Refused, match="whose tables were older"):
        restore(open_archive(older))
    assert Firm.objects.exists()


def test_a_restore_that_fails_half_way_changes_nothing(backup: Archive, tmp_path: Path) -> None:
    tables = [(name, content[0], content[1:]) for name, content in everything(backup.path).items()]
    twice = [(name, names, some * 2 if name == "team.Window" else some) for name, names, some in tables]
    broken = archive.write(tmp_path / "twice.kept", twice, about=backup.about)
    with pytest.raises(Refused, match=r"team\.Window"):
        restore(broken)
    assert Member.objects.count() == 4
    assert Message.objects.count() == 3


@pytest.mark.parametrize("forged", [["short"], {"not": "a row"}, [None, "Ada Lark", "a day that is none"]])
def test_a_row_that_kept_never_wrote_is_refused_in_a_sentence(backup: Archive, tmp_path: Path, forged: object) -> None:
    tables = [(name, content[0], content[1:]) for name, content in everything(backup.path).items()]
    others = [(name, names, [forged] if name == "team.Member" else some) for name, names, some in tables]
    with pytest.raises(Refused, match=r"does not take a row of team\.Member"):
        restore(archive.write(tmp_path / "forged.kept", others, about=backup.about))
    assert Member.objects.count() == 4


@pytest.mark.parametrize(
    "about", ['"migrations":5,"tables":{}', '"migrations":[],"tables":[1]', f'"x":"{"x" * 10**7}"']
)
def test_what_only_looks_like_a_backup_is_refused_in_a_sentence(tmp_path: Path, about: str) -> None:
    with zipfile.ZipFile(tmp_path / "forged.kept", "w") as forged:
        forged.writestr("about.json", f'{{"format":1,{about}}}')
    with pytest.raises(Broken, match="is not a backup of Kept"):
        open_archive(tmp_path / "forged.kept")


def rewritten(file: Path, folder: Path, *, change: tuple[str, bytes, bytes]) -> Path:
    """A copy of the backup in which one entry reads differently."""
    entry, old, new = change
    copy = folder / f"copy-{len(list(folder.iterdir()))}.kept"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "about.json":
                content = json.dumps(json.loads(content), separators=(",", ":")).encode()
            target.writestr(name, content.replace(old, new) if name == entry else content)
    return copy

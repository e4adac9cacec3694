"""Sticks are found in the kernel's own list, and no other disk is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.stick_errands import FoundStick
from kiosk.app.mounts import mounted_sticks

USB, SATA = "pci0/usb1/1-2/block/sdb/sdb1", "pci0/ata1/block/sda/sda1"


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """A machine with one disk inside and one stick."""
    folder = tmp_path / "class"
    folder.mkdir()
    for place in (USB, SATA):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "partition").write_text("1\n", encoding="utf-8")
        (folder / Path(place).name).symlink_to(tmp_path / place)
    return folder


def found(tmp_path: Path, blocks: Path, *lines: str) -> tuple[FoundStick, ...]:
    mounts = tmp_path / "mounts"
    mounts.write_text("".join(f"{line} vfat rw,nosuid 0 0\n" for line in lines), encoding="utf-8")
    return mounted_sticks(mounts, blocks)


def test_a_stick_is_what_hangs_on_a_usb_port(tmp_path: Path, blocks: Path) -> None:
    lines = ("/dev/sda1 /srv/data", "/dev/sdb1 /media/HALL", "tmpfs /media/usb", "/dev/gone /media/gone")
    assert found(tmp_path, blocks, *lines) == (FoundStick("/media/HALL", "HALL"),)


def test_a_name_with_a_blank_is_read_as_the_kernel_wrote_it(tmp_path: Path, blocks: Path) -> None:
    assert found(tmp_path, blocks, r"/dev/sdb1 /media/MY\040STICK") == (
        FoundStick("/media/MY STICK", "MY STICK"),
    )


def test_the_disk_that_the_kiosk_starts_from_is_no_stick_although_it_is_on_usb(
    tmp_path: Path, blocks: Path
) -> None:
    """Broken by taking whatever is on USB: bundles would be written into the kiosk's own system."""
    assert found(tmp_path, blocks, "/dev/sdb1 /") == ()


def test_no_other_file_system_of_that_disk_is_a_stick(tmp_path: Path, blocks: Path) -> None:
    """Broken by looking at each file system alone: words would lie on the disk that starts the kiosk."""
    boot = tmp_path / USB.replace("sdb1", "sdb2")
    boot.mkdir()
    (boot / "partition").write_text("2\n", encoding="utf-8")
    (blocks / "sdb2").symlink_to(boot)
    assert found(tmp_path, blocks, "/dev/sdb2 /boot/efi", "/dev/sdb1 /", "/dev/sdb2 /media/EFI_sdb2") == ()


def test_this_machine_can_be_asked() -> None:
    assert isinstance(mounted_sticks(), tuple)

"""The first file of the one-file program: unpacks the rest into a folder of this user's alone, once, and starts it.

Standard library only, and no syntax that is newer than Python 3.6: an old Python shall get a sentence. Compiled parts
cannot be loaded out of an archive, so those that fit this Python and machine are unpacked with the rest.
"""

import os
import platform
import shutil
import stat
import sys
import tempfile
import zipfile

OLDEST = (3, 11)
INSIDE = "site/"
"""Where the packages lie in the archive."""
BUILD = "BUILD"
"""The file with the name of the archive's content."""


def leave(sentence):
    """End with status 2 and a sentence."""
    sys.stderr.write("xplenty-tui: " + sentence + "\n")
    sys.exit(2)


def fits(name):
    """Tell whether a file is of use here: compiled parts are for one version of Python on one kind of machine."""
    if not name.endswith(".so"):
        return True
    ours = "cpython-{}{}-{}-".format(*sys.version_info[:2], platform.machine())
    return ours in name or (".abi3." in name)


def base():
    """Return the folder of what can be thrown away, as the XDG specification has it."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return named if os.path.isabs(named) else os.path.join(os.path.expanduser("~"), ".cache")


def private(folder):
    """Make a folder, or check that nobody else can put programs into it; raises OSError."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise OSError(0, "is a link or belongs to another user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        os.chmod(folder, 0o700)
    return folder


def unpack(archive, folder):
    """Unpack what fits into a fresh folder."""
    names = [name for name in archive.namelist() if name.startswith(INSIDE) and fits(name)]
    if not any(name.endswith(".so") for name in names):
        version = "{}.{}".format(*sys.version_info[:2])
        leave("this file has no part for Python {} on {}".format(version, platform.machine()))
    archive.extractall(folder, names)
    return folder


def unpacked(archive):
    """Return the folder with the packages; made whole or not at all, so that two starts at once do not meet."""
    name = "pyz-{}-{}{}".format(archive.read(BUILD).decode("ascii"), *sys.version_info[:2])
    home = private(os.path.join(base(), "xplenty-tui"))
    folder = os.path.join(home, name)
    if not os.path.isdir(folder):
        fresh = tempfile.mkdtemp(prefix=name + ".", dir=home)
        try:
            unpack(archive, fresh)
            os.rename(fresh, folder)
        except OSError:
            if not os.path.isdir(folder):  # else another start was faster
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return private(folder)


def main():
    """Unpack and start."""
    if sys.version_info < OLDEST:
        leave("needs Python 3.11 or newer, and this is {}.{}".format(*sys.version_info[:2]))
    before = os.umask(0o077)
    with zipfile.ZipFile(os.path.dirname(os.path.abspath(__file__))) as archive:
        try:
            folder = unpacked(archive)
        except OSError as error:
            leave("cannot unpack itself into {}: {}".format(base(), (error.strerror or str(error)).lower()))
    os.umask(before)
    sys.path.insert(0, os.path.join(folder, INSIDE.rstrip("/")))
    from xplenty_tui.__main__ import main as program

    sys.exit(program())


if __name__ == "__main__":
    main()

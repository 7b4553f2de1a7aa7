"""`openpractice forget`: the way back to a folder in which nothing was ever started."""

import sys

from server.commands.options import Data
from server.embedded import heal
from server.embedded.claim import claimed
from server.embedded.folder import Folder
from server.settings import read_settings


def forget(folder: Data = None) -> None:
    """Delete all that `run` keeps in its data folder."""
    place = read_settings(data=folder).data.expanduser()
    if place.exists():
        found = Folder.at(place)
        with claimed(found, "forget"):
            heal(found)
            found.empty()
    sys.stdout.write(f"Nothing of OpenPractice is left in {place}.\n")

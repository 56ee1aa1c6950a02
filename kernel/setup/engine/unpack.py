"""Unpacks the wanted members of a wheel: unpack.py WHEEL FOLDER PATTERN...

A pattern is a regular expression that a member's whole name must match. zipfile checks each
member's CRC; names that would leave FOLDER are refused.
"""

import os
import re
import shutil
import sys
import zipfile

wheel, folder, *patterns = sys.argv[1:]
wanted = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
root = os.path.realpath(folder)

with zipfile.ZipFile(wheel) as archive:
    members = [m for m in archive.infolist() if not m.is_dir() and wanted.fullmatch(m.filename)]
    for member in members:
        target = os.path.realpath(os.path.join(root, member.filename))
        if not target.startswith(root + os.sep):
            sys.exit(f"{wheel} holds a name outside its folder: {member.filename}")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(member) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        mode = member.external_attr >> 16 & 0o777
        os.chmod(target, (mode | 0o644) & 0o755)
print(len(members))

"""Peer rules, one file each, found by their file name: `<id>.py` defines `RULE`.

Belongs here: which units of one level are peers, and the words for it. Does not belong here: how
groups are made from rules (`indicators/comparison/groups.py`).
"""

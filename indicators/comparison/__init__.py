"""Who may be compared with whom, and what a comparison and a sum may say.

Belongs here: peer groups from declared rules, quartiles, positions, aggregates, and which sums must
be withheld. Does not belong here: the rules themselves (`indicators/peer_rules/`, one file each), the
numbers compared (`indicators/formula.py`), or disk.
"""

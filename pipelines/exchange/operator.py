"""Who publishes: what catalogues, citations and data packages say about it.

Belongs here: the facts and whether they suffice. Does not belong here: the settings themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who publishes, where that is set; all null on a machine of one's own."""

    name: str | None = None
    contact: str | None = None
    """mailto: or https:, where readers reach the publisher."""
    contributor: str | None = None
    """Last part of its address in the list of contributors of DCAT-AP.de."""
    address: str | None = None
    """Public address of the site, without a slash at the end."""

    @property
    def known(self) -> bool:
        """Whether everything is known that a catalogue must state."""
        return None not in (self.name, self.contact, self.contributor, self.address)


def operator_of(settings: Settings) -> Operator:
    """From the settings."""
    return Operator(
        name=settings.publisher_name,
        contact=settings.publisher_contact,
        contributor=settings.publisher_id,
        address=settings.public_address,
    )

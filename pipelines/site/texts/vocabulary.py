"""Words for the codes of tables, keyed by kind and code."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "engagement_fairtrade_town": Text(de="Fairtrade-Town", en="Fairtrade Town"),
    "engagement_agenda_2030_resolution": Text(
        de="Musterresolution zur Agenda 2030", en="Model resolution on the 2030 Agenda"
    ),
    "engagement_coordination_position": Text(
        de="Koordinationsstelle für kommunale Entwicklungspolitik",
        en="Coordination post for municipal development policy",
    ),
    "engagement_coordination_position_grant_share": Text(
        de="Förderanteil der Koordinationsstelle", en="Share of the coordination post paid by a grant"
    ),
    "engagement_development_policy_concept": Text(
        de="Entwicklungspolitisches Konzept", en="Development policy strategy"
    ),
    "engagement_school_building_projects": Text(de="Schulbauprojekte", en="School building projects"),
    "engagement_migration_development_body": Text(
        de="Gremium Migration und Entwicklung", en="Body on migration and development"
    ),
    "engagement_migrant_organisations_housed": Text(
        de="Untergebrachte migrantische Organisationen", en="Migrant organisations housed"
    ),
    "engagement_fair_trade_award": Text(
        de="Auszeichnung im Wettbewerb Hauptstadt des Fairen Handels",
        en="Award in the competition Capital of Fair Trade",
    ),
    "engagement_fairtrade_schools": Text(de="Fairtrade-Schools", en="Fairtrade schools"),
    "engagement_schools": Text(de="Schulen", en="Schools"),
    "category_partnership": Text(de="Partnerschaft", en="partnership"),
    "category_friendship": Text(de="Freundschaft", en="friendship"),
    "category_contact": Text(de="Kontakt", en="contact"),
    "category_project": Text(de="Projektpartnerschaft", en="project partnership"),
    "category_unspecified": Text(de="nicht näher bezeichnet", en="not specified"),
    "district_kind_41": Text(de="kreisfreie Stadt", en="independent city"),
    "district_kind_42": Text(de="Stadtkreis", en="independent city"),
    "district_kind_43": Text(de="Kreis", en="district"),
    "district_kind_44": Text(de="Landkreis", en="rural district"),
    "district_kind_45": Text(de="Regionalverband", en="regional association"),
    "this_43": Text(de="dieser Kreis", en="this district"),
    "this_44": Text(de="dieser Landkreis", en="this district"),
    "this_45": Text(de="dieser Regionalverband", en="this regional association"),
    "this_region": Text(de="diese Region", en="this region"),
    "object_43": Text(de="diesen Kreis", en="this district"),
    "object_44": Text(de="diesen Landkreis", en="this district"),
    "object_45": Text(de="diesen Regionalverband", en="this regional association"),
    "object_region": Text(de="diese Region", en="this region"),
    "measured_persons_one": Text(de="{count} Einwohner", en="{count} inhabitant"),
    "measured_persons_many": Text(de="{count} Einwohner", en="{count} inhabitants"),
    "census_census_2011": Text(de="Zensus 2011", en="2011 census"),
    "census_census_2022": Text(de="Zensus 2022", en="2022 census"),
    "phase_actual": Text(de="Ist", en="Actual"),
    "phase_plan": Text(de="Plan", en="Plan"),
}
"""A city and the district around it often bear one name; the kind of district tells them apart."""

"""The list of what nobody can change, not even with SQL. `samverkan.lib.locks` makes it triggers on both databases."""

from samverkan.lib.locks import Lock

_ARCHIVED = "(SELECT status FROM priorities_agreement WHERE id = ROW.agreement_id) = 'archived'"
_OF_ARCHIVED_ACTIVITY = (
    "(SELECT a.status FROM priorities_agreement a JOIN activities_activity x ON x.agreement_id = a.id "
    "WHERE x.id = ROW.activity_id) = 'archived'"
)
_OF_ARCHIVED_NEED = (
    "(SELECT a.status FROM priorities_agreement a JOIN priorities_need n ON n.agreement_id = a.id "
    "WHERE n.id = ROW.need_id) = 'archived'"
)
_OF_ADOPTED_USE = (
    "(SELECT p.status FROM priorities_situationalpicture p JOIN priorities_sourceuse u ON u.picture_id = p.id "
    "WHERE u.id = ROW.sourceuse_id) = 'adopted'"
)
_OF_ADOPTED_PICTURE = "(SELECT status FROM priorities_situationalpicture WHERE id = ROW.{}) = 'adopted'"
_FOLLOWED_UP = "EXISTS (SELECT 1 FROM activities_followup f WHERE f.{} = ROW.id)"
_MASK = "parties.Mask"
_KEY_CHANGES = "NEW.id <> OLD.id"
# Entries go only with the segments that retention has removed, and of a segment only that it was removed changes.
_NOT_PRUNED = (
    "ROW.id > COALESCE((SELECT MAX(last_id) FROM parties_auditsegment WHERE removed_at IS NOT NULL), 0)"
)
_MORE_THAN_PRUNED = "OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL OR " + " OR ".join(
    f"NEW.{name} <> OLD.{name}"
    for name in (
        "id", "number", "first_id", "last_id", "entries", "digest", "previous", "chained", "closed_at", "marks",
    )
)  # fmt: skip
_ADOPTED = "(SELECT status FROM priorities_agreement WHERE id = ROW.agreement_id) <> 'draft'"
# A declaration, and a matter, of an agreement that has been adopted.
_DECLARED = "EXISTS (SELECT 1 FROM priorities_agreement a WHERE a.declaration_id = ROW.declaration_id AND a.status <> 'draft')"
_DECIDED = (
    "EXISTS (SELECT 1 FROM priorities_agreement a JOIN parties_declaration d ON d.id = a.declaration_id "
    "WHERE a.status <> 'draft' AND ROW.{0} IN (a.matter_id, d.matter_id))"
)
_SETTLED = "(SELECT status FROM priorities_agreement WHERE id = ROW.agreement_id) = 'adopted'"
# Once it was drafted and adopted. One that never was a draft has nothing that was agreed before.
_AGREED = (
    f"{_SETTLED} AND EXISTS (SELECT 1 FROM priorities_historicalagreement h "  # noqa: S608 -- our own condition
    "WHERE h.id = ROW.agreement_id AND h.status = 'draft')"
)
_WHOLE = "Parter och områden läggs inte till i en fastställd överenskommelse."
_STANDS = "Det som är fastställt i överenskommelsen ändras inte och tas inte bort."
_PAPER = "Det som har skrivits om något fastställt tas inte bort, och det ändras bara om det finns kvar i historiken."
_HISTORY = "Historiken ändras aldrig."
_CLOSED = "Överenskommelsen är arkiverad och ändras inte."
_PICTURE = "En fastställd lägesbild ändras inte."


def _differs(*columns: str) -> str:
    """SQL for whether an update changes any of the columns, the key included."""
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in ("id", *columns))


def _not_kept(history: str, *columns: str) -> str:
    """SQL for whether what an update or a delete takes away stands in no record of the history."""
    same = " AND ".join(f"h.{column} IS NOT DISTINCT FROM OLD.{column}" for column in ("id", *columns))
    return f"NOT EXISTS (SELECT 1 FROM {history} h WHERE {same})"  # noqa: S608 -- names from our own list


def _paper(model: str, when: str, history: str, owner: str, *columns: str, when_deleted: str = "") -> Lock:
    """Keeps a row with its owner, and lets nothing in it change whose earlier value is not kept."""
    lost = _not_kept(history, *owner.split(), *columns)
    moved = "".join(f" OR NEW.{each} <> OLD.{each}" for each in owner.split())
    gone = when_deleted.replace("LOST", lost)
    return Lock(model, _PAPER, when=when, when_updated=f"{_KEY_CHANGES}{moved} OR {lost}", when_deleted=gone)


LOCKS: tuple[Lock, ...] = (
    # A follow-up never changes: a correction is a new row.
    Lock("activities.FollowUp", "En uppföljning ändras aldrig: gör en ny som ersätter den.", masked_by=_MASK),
    Lock(
        "activities.FollowUp",
        "En uppföljning hör till en aktivitet, en part och ett konto som finns.",
        refers_to=(
            ("activity_id", "activities.Activity"),
            ("party_id", "parties.Party"),
            ("author_id", "parties.User"),
            ("round_id", "activities.Round"),
            ("replaces_id", "activities.FollowUp"),
        ),
    ),
    # Nor does a question: it can only be taken back, once.
    Lock(
        "activities.Question",
        "En fråga ändras aldrig: ta tillbaka den och ställ en ny.",
        when_updated=f"{_KEY_CHANGES} OR OLD.taken_back_at IS NOT NULL OR "
        + " OR ".join(
            f"NEW.{column} <> OLD.{column}" for column in ("follow_up_id", "asked_by_id", "asked_at")
        ),
        masked_by=_MASK,
    ),
    # The log of changes is only added to.
    Lock("parties.AuditEntry", "Ändringsloggen ändras aldrig.", when_deleted=_NOT_PRUNED),
    Lock("parties.AuditSegment", "Ett förseglat segment ändras aldrig.", when_updated=_MORE_THAN_PRUNED),
    # Nor is a mask: a masked text does not come back.
    Lock("parties.Mask", "En maskering ändras aldrig."),
    # History of the plan.
    Lock("activities.HistoricalActivity", _HISTORY, masked_by=_MASK),
    Lock("activities.HistoricalActivity_focus_areas", _HISTORY),
    Lock("activities.HistoricalActivity_needs", _HISTORY),
    Lock("activities.HistoricalContribution", _HISTORY, masked_by=_MASK),
    Lock("activities.HistoricalMilestone", _HISTORY, masked_by=_MASK),
    # History of the declaration, the agreement, its needs and the lägesbild.
    Lock("parties.HistoricalDeclaration", _HISTORY, masked_by=_MASK),
    Lock("parties.HistoricalDeclarationAttachment", _HISTORY, masked_by=_MASK),
    Lock("parties.HistoricalMatter", _HISTORY, masked_by=_MASK),
    Lock("parties.HistoricalMatterPoint", _HISTORY, masked_by=_MASK),
    Lock("parties.HistoricalSignatory", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalAgreement", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalAgreementAttachment", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalAgreementParty", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalNeed", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalNeed_places", _HISTORY),
    Lock("priorities.HistoricalNeed_sources", _HISTORY),
    Lock("priorities.HistoricalSituationalPicture", _HISTORY, masked_by=_MASK),
    Lock("priorities.HistoricalSituationalPicture_participants", _HISTORY),
    # An adopted lägesbild, with what belongs to it.
    Lock("priorities.SituationalPicture", _PICTURE, when="ROW.status = 'adopted'", masked_by=_MASK),
    Lock(
        "priorities.SituationalPicture_participants",
        _PICTURE,
        when=_OF_ADOPTED_PICTURE.format("situationalpicture_id"),
        inserts=True,
    ),
    Lock(
        "priorities.SourceUse",
        _PICTURE,
        when=_OF_ADOPTED_PICTURE.format("picture_id"),
        inserts=True,
        masked_by=_MASK,
    ),
    Lock("priorities.SourceUse_places", _PICTURE, when=_OF_ADOPTED_USE, inserts=True),
    Lock(
        "priorities.SituationalPictureAttachment",
        _PICTURE,
        when=_OF_ADOPTED_PICTURE.format("picture_id"),
        inserts=True,
    ),
    # An archived agreement, with what belongs to it.
    Lock("priorities.Agreement", _CLOSED, when="ROW.status = 'archived'", masked_by=_MASK),
    Lock("priorities.AgreementParty", _CLOSED, when=_ARCHIVED, inserts=True, masked_by=_MASK),
    Lock("priorities.AgreementAttachment", _CLOSED, when=_ARCHIVED, inserts=True, masked_by=_MASK),
    Lock("priorities.PriorityArea", _CLOSED, when=_ARCHIVED, inserts=True, masked_by=_MASK),
    Lock("priorities.FocusArea", _CLOSED, when=_ARCHIVED, inserts=True),
    Lock("priorities.Need", _CLOSED, when=_ARCHIVED, inserts=True, masked_by=_MASK),
    Lock("priorities.Need_places", _CLOSED, when=_OF_ARCHIVED_NEED, inserts=True),
    Lock("priorities.Need_sources", _CLOSED, when=_OF_ARCHIVED_NEED, inserts=True),
    Lock("activities.Activity", _CLOSED, when=_ARCHIVED, inserts=True, masked_by=_MASK),
    Lock("activities.Activity_focus_areas", _CLOSED, when=_OF_ARCHIVED_ACTIVITY, inserts=True),
    Lock("activities.Activity_needs", _CLOSED, when=_OF_ARCHIVED_ACTIVITY, inserts=True),
    Lock("activities.Contribution", _CLOSED, when=_OF_ARCHIVED_ACTIVITY, inserts=True, masked_by=_MASK),
    Lock("activities.Milestone", _CLOSED, when=_OF_ARCHIVED_ACTIVITY, inserts=True, masked_by=_MASK),
    Lock("activities.Round", _CLOSED, when=_ARCHIVED, inserts=True),
    Lock("activities.FollowUp", _CLOSED, when=_OF_ARCHIVED_ACTIVITY, only_inserts=True),
    # What was adopted stands. A matter is registered later where there was none; the decision stands in the matter.
    Lock(
        "priorities.Agreement",
        _STANDS,
        when="ROW.status = 'adopted'",
        when_updated="NEW.status = 'draft' OR "
        + _differs("slug", "starts_on", "ends_on", "declaration_id", "predecessor_id")
        + " OR (OLD.matter_id IS NOT NULL AND NEW.matter_id IS DISTINCT FROM OLD.matter_id)",
        masked_by=_MASK,
    ),
    Lock(
        "priorities.PriorityArea",
        _STANDS,
        when=_SETTLED,
        when_updated=_differs("agreement_id", "slug", '"order"', "predecessor_id"),
        masked_by=_MASK,
    ),
    Lock(
        "priorities.FocusArea",
        _STANDS,
        when=_SETTLED,
        when_updated=_differs("agreement_id", "place_id", '"order"'),
    ),
    Lock("priorities.PriorityArea", _WHOLE, when=_AGREED, only_inserts=True),
    Lock("priorities.FocusArea", _WHOLE, when=_AGREED, only_inserts=True),
    Lock("priorities.AgreementParty", _WHOLE, when=_AGREED, only_inserts=True),
    # What was signed, attached and decided: a later change leaves the earlier value in the history.
    _paper(
        "priorities.AgreementParty",
        _ADOPTED,
        "priorities_historicalagreementparty",
        "agreement_id party_id",
        "signed_on",
        "title",
        "file",
        "digest",
        "joined_on",
        "left_on",
    ),
    _paper(
        "priorities.AgreementAttachment",
        _ADOPTED,
        "priorities_historicalagreementattachment",
        "agreement_id",
        "number",
        "title",
        "file",
        "digest",
    ),
    _paper(
        "parties.Signatory",
        _DECLARED,
        "parties_historicalsignatory",
        "declaration_id party_id",
        "signed_on",
        "title",
        "case_number",
        "reason",
        when_deleted="ROW.signed_on IS NOT NULL OR LOST",
    ),
    _paper(
        "parties.DeclarationAttachment",
        _DECLARED,
        "parties_historicaldeclarationattachment",
        "declaration_id",
        "number",
        "title",
        "file",
        "digest",
    ),
    _paper(
        "parties.Matter",
        _DECIDED.format("id"),
        "parties_historicalmatter",
        "",
        "case_number",
        "title",
        "memo_on",
        "committee",
        "decided_on",
        "section",
        "outcome",
    ),
    _paper(
        "parties.MatterPoint",
        _DECIDED.format("matter_id"),
        "parties_historicalmatterpoint",
        "matter_id",
        "number",
        "text",
        "assignee",
        when_deleted="LOST",
    ),
    # What follow-ups refer to: the activity, round, party and author may change, but nobody removes them.
    Lock(
        "activities.Activity",
        "En aktivitet med uppföljningar tas inte bort.",
        when=_FOLLOWED_UP.format("activity_id"),
        when_updated=_KEY_CHANGES,
    ),
    Lock(
        "activities.Round",
        "En omgång med uppföljningar tas inte bort.",
        when=_FOLLOWED_UP.format("round_id"),
        when_updated=_KEY_CHANGES,
    ),
    Lock(
        "parties.Party",
        "En part som har följt upp tas inte bort.",
        when=_FOLLOWED_UP.format("party_id"),
        when_updated=_KEY_CHANGES,
    ),
    Lock(
        "parties.User",
        "Ett konto som har skrivit uppföljningar tas inte bort.",
        when=_FOLLOWED_UP.format("author_id"),
        when_updated=_KEY_CHANGES,
    ),
)

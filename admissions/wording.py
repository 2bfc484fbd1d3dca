from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_your_dossier": _("This application belongs to someone else."),
    "not_your_school": _("This application is not handled by your central service."),
    "campaign_is_closed": _("This campaign takes no applications at the moment."),
    "dossier_is_draft": _("This application has not been submitted."),
    "dossier_is_submitted": _("This application has been submitted: this part can no longer be changed."),
    "dossier_is_incomplete": _("Documents were asked for: supply them, the rest can no longer be changed."),
    "dossier_is_complete": _("This application has been handed to the jury: it can no longer be changed."),
    "dossier_is_refused": _("This application has been refused by the central service."),
    "dossier_is_lapsed": _("This application was not submitted before the deadline."),
    "dossier_is_withdrawn": _("This application has been withdrawn."),
    "candidacy_is_draft": _("This programme has not been submitted: simply untick it."),
    "candidacy_is_submitted": _("This programme has been submitted already."),
    "candidacy_is_in_selection": _("This programme is being studied by the jury."),
    "candidacy_is_selected": _("You are already selected for this programme."),
    "candidacy_is_rejected": _("The jury did not select you for this programme: there is nothing to withdraw from."),
    "candidacy_is_admitted": _("You are already admitted to this programme."),
    "candidacy_is_refused": _("The application to this programme has been refused."),
    "candidacy_is_withdrawn": _("You have withdrawn from this programme already."),
    "candidacy_is_absent": _("You have not applied to this programme."),
    "nothing_to_submit": _("Everything has been submitted already. To add a programme, choose it first."),
    "notice_has_changed": _(
        "The notice of the campaign has changed since this page was shown. Read version %(version)s, "
        "then accept it and submit again: nothing of your application is lost."
    ),
    "unknown_programme": _("%(key)s is not a programme of this campaign."),
    "programme_not_eligible": _("By the notice, your studies do not allow you to apply to %(programme)s."),
    "unknown_diploma": _("The diploma %(diploma)s is not in the list."),
    "unknown_diploma_kind": _("Choose the kind of diploma."),
    "title_not_obtained_yet": _(
        "This date is still to come: either the diploma is being prepared, or the date is wrong."
    ),
    "title_needs_name": _("Type the name of this diploma, as printed on it: it is not in the list."),
    "unknown_piece": _("This document is not asked of you."),
    "piece_cannot_wait": _("This document is needed to submit the application: it cannot come later."),
    "piece_is_given": _("This document is supplied already."),
    "piece_stays": _(
        "The deadline has passed: a document that was supplied is no longer replaced. "
        "If it is wrong, write to the service named on this page."
    ),
    "due_on_is_past": _("This day is past: say when you will have the document."),
    "no_file": _("Choose a file first."),
    "too_many_files": _(
        "This document takes %(max_files)s files at most and has %(given)s already. Replace them, or remove one first."
    ),
    "refusal_needs_reason": _("Say why the application is refused: the candidate is told."),
    "missing_birth_name": _("Your birth name is missing."),
    "missing_first_names": _("Your first names are missing."),
    "missing_born_on": _("Your date of birth is missing."),
    "missing_nationality": _("Your nationality is missing."),
    "missing_french_mother_tongue": _("Say whether French is your mother tongue."),
    "missing_phone": _("Your phone number is missing."),
    "missing_street": _("The number and street of your address are missing."),
    "missing_postcode": _("The postcode of your address is missing."),
    "missing_city": _("The town of your address is missing."),
    "missing_country": _("The country of your address is missing."),
    "missing_baccalaureate": _("Your baccalauréat is missing."),
    "missing_baccalaureate_year": _("The year of your baccalauréat is missing."),
    "missing_title": _("Add at least one diploma or course since the baccalauréat."),
    "missing_programme": _("Choose at least one programme."),
    "missing_grant_holder": _("Say whether you hold a grant."),
    "missing_piece": _("This document is missing: %(piece)s."),
    "missing_piece_of": _("This document is missing: %(piece)s (%(subject)s)."),
    "missing_submission": _("The application is not submitted yet."),
    "not_your_candidacy": _("This candidacy is not before you."),
    "not_president_of_this_jury": _("Only the president of the jury may do this."),
    "outcome_not_of_stage": _("%(key)s is not an outcome of this stage."),
    "assessment_not_offered": _("%(key)s is not a test of this stage, or does not go with this outcome."),
    "assessment_is_for_all": _("Everyone at this stage sits this test: nobody is called to it one by one."),
    "decision_is_recorded": _("A decision is recorded already: it is no longer a matter of proposals."),
    "decision_is_announced": _("The decision has been announced: it can no longer be changed here."),
    "recorded_by_another": _(
        "A colleague has recorded another decision: only they, or the president of the jury, may change it."
    ),
    "decided_meanwhile": _(
        "A colleague acted on this candidacy while you were reading. See below what stands now, then decide again."
    ),
    "call_is_announced": _("The day on which candidates are called to this test has come: the calls are closed."),
    "already_called": _("The candidate has been called to this test already."),
    "not_called_to_assessment": _("The candidate has not been called to this test."),
    "presence_is_recorded": _("It is noted already whether the candidate came."),
    "did_not_sit": _("The candidate did not sit this test: there is nothing to mark."),
    "mark_out_of_scale": _("A mark goes from 0 to %(scale)s."),
    "programme_of_another_selection": _("This programme belongs to another selection."),
    "not_a_juror": _("This account does not have the role of juror for this school: grant it first."),
}

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_your_dossier": _("This application belongs to someone else."),
    "not_your_school": _("This application is not handled by your central service."),
    "campaign_is_closed": _("This campaign takes no applications at the moment."),
    "dossier_is_draft": _("This application has not been submitted."),
    "dossier_is_submitted": _(
        "This application has been submitted: this part can no longer be changed."
    ),
    "dossier_is_incomplete": _(
        "Documents were asked for: supply them, the rest can no longer be changed."
    ),
    "dossier_is_at_office": _(
        "This application is complete, with the admissions office of the school: it can no longer be changed."
    ),
    "dossier_is_complete": _(
        "This application is complete and has been handed over: it can no longer be changed."
    ),
    "dossier_is_refused": _("This application has been refused by the central service."),
    "dossier_is_lapsed": _("This application was not submitted before the deadline."),
    "dossier_is_withdrawn": _("This application has been withdrawn."),
    "candidacy_is_draft": _("This programme has not been submitted: simply untick it."),
    "candidacy_is_submitted": _("This programme has been submitted already."),
    "candidacy_is_in_selection": _("This programme is being studied."),
    "candidacy_is_selected": _("You have a favourable answer for this programme already."),
    "candidacy_is_trainee": _("You are on the supplementary list of this programme already."),
    "candidacy_is_rejected": _(
        "The answer for this programme was a rejection: there is nothing to withdraw from."
    ),
    "candidacy_is_admitted": _("You are already admitted to this programme."),
    "candidacy_is_closed": _(
        "The search for a company is over for this programme: there is nothing to withdraw from."
    ),
    "candidacy_is_refused": _("The application to this programme has been refused."),
    "candidacy_is_withdrawn": _("You have withdrawn from this programme already."),
    "candidacy_is_absent": _("You have not applied to this programme."),
    "nothing_to_submit": _(
        "Everything has been submitted already. To add a programme, choose it first."
    ),
    "notice_has_changed": _(
        "The notice of the campaign has changed since this page was shown. Read version %(version)s, "
        "then accept it and submit again: nothing of your application is lost."
    ),
    "unknown_programme": _("%(key)s is not a programme of this campaign."),
    "too_many_programmes": _(
        "At most %(at_most)s may be chosen among these programmes: %(selection)s. Untick the others."
    ),
    "programme_not_eligible": _(
        "By the notice, your studies do not allow you to apply to %(programme)s."
    ),
    "unknown_diploma": _("The diploma %(diploma)s is not in the list."),
    "unknown_diploma_kind": _("Choose the kind of diploma."),
    "title_needs_name": _(
        "Type the name of this diploma, as printed on it: it is not in the list."
    ),
    "unknown_piece": _("This document is not asked of you."),
    "piece_cannot_wait": _(
        "This document is needed to submit the application: it cannot come later."
    ),
    "piece_is_given": _("This document is supplied already."),
    "piece_is_accepted": _("This document has been accepted: it is no longer replaced."),
    "piece_has_no_file": _(
        "No file was supplied for this document: there is nothing to accept or refuse."
    ),
    "piece_changed_meanwhile": _(
        "The candidate has supplied other files meanwhile: look at them first."
    ),
    "piece_refusal_needs_reason": _("Say why this document is refused: the candidate is told."),
    "admission_rests_on_piece": _(
        "The candidate is admitted on the strength of this document: undo the admission first."
    ),
    "refused_piece": _("This document was refused and is to be replaced: %(piece)s."),
    "refused_piece_of": _(
        "This document was refused and is to be replaced: %(piece)s (%(subject)s)."
    ),
    "unchecked_piece": _("This document is still to be checked: %(piece)s."),
    "unchecked_piece_of": _("This document is still to be checked: %(piece)s (%(subject)s)."),
    "pieces_are_awaited": _("Documents were asked of the candidate and are still awaited."),
    "candidate_may_still_change": _(
        "The candidate may still change the application until the deadline."
    ),
    "fees_are_due": _("%(left_cents)s of fees are left to pay."),
    "nothing_to_hand_over": _("No application waits to be handed over."),
    "waiting_changed_meanwhile": _(
        "Other applications wait by now than this page said: open this page again, and look at what waits."
    ),
    "sending_back_needs_reason": _("Say why it is sent back: the central service reads it."),
    "nothing_to_ask": _("No document is missing or refused: there is nothing to ask for."),
    "added_under_another_notice": _(
        "The notice has changed: submit the programmes that you added, or remove them, then change this."
    ),
    "identity_changed_meanwhile": _(
        "The identity was changed meanwhile: open this page again, and correct what it says by now."
    ),
    "title_changed_meanwhile": _(
        "This diploma or course was changed meanwhile: open this page again, and correct what it says by now."
    ),
    "programmes_changed_meanwhile": _(
        "The programmes were changed meanwhile: open this page again, and correct what it says by now."
    ),
    "correction_needs_reason": _("Say why it is corrected: the candidate is told."),
    "extension_is_no_later": _(
        "Choose a day after the deadline of the campaign that is not past, within its academic year."
    ),
    "extension_needs_reason": _("Say why this application has more time."),
    "entered_day_to_come": _("This day is still to come: type the day on which it came."),
    "came_too_late": _("Only what came by %(on)s, the deadline, is still typed."),
    "address_has_dossier": _(
        "Nothing was begun: application %(ref)s of this campaign is written to at this address. "
        "Open that one, or ask the candidate for another address."
    ),
    "address_is_taken": _(
        "Nothing was begun: nobody types for this address. Ask the candidate to sign in with it and apply online, or "
        "to claim the application that they were told of by e-mail. If they cannot, ask them for another address."
    ),
    "enough_entries": _(
        "You have begun %(most)s applications of this campaign in a day: type the next one tomorrow."
    ),
    "dossier_is_claimed": _(
        "This application has been claimed: it is its candidate who changes it."
    ),
    "claims_what_they_handle": _(
        "Your school handles this application: it is claimed by its candidate, with an account of their own."
    ),
    "nothing_is_corrected": _(
        "This is what the application says already: nothing is corrected, and nobody is told."
    ),
    "claims_a_second_dossier": _(
        "You have an application of this campaign already, and there is one for each person. "
        "Go on with that one, or write to the service named on this page."
    ),
    "dossier_awaits_its_claim": _(
        "The school has begun an application of this campaign for you. Claim it by the link that was sent "
        "to this address; if you have it no more, ask the school for another."
    ),
    "claim_link_just_sent": _("A link was sent there a moment ago: wait for five minutes."),
    "enough_claim_links": _("%(links)s links were sent in a day: send the next one tomorrow."),
    "day_is_past": _("This day is past: choose a later one."),
    "nothing_is_charged": _("No fees are due for this application."),
    "amount_is_nothing": _("Type the amount received."),
    "nothing_is_left_to_pay": _("Nothing is left to pay."),
    "waiver_needs_reason": _("Say why the fees are waived."),
    "piece_stays": _(
        "The deadline has passed: a document that was supplied is no longer replaced. "
        "If it is wrong, write to the service named on this page."
    ),
    "due_on_is_past": _("This day is past: say when you will have the document."),
    "no_file": _("Choose a file first."),
    "too_many_files_at_once": _("This document takes %(max_files)s files at most: choose fewer."),
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
    "missing_technician_years": _(
        "Say for how many years you have worked as a senior technician: a programme that you chose asks for it."
    ),
    "missing_employer_agrees": _(
        "Say whether your employer agrees to this training: a programme that you chose asks for it."
    ),
    "missing_grant_holder": _("Say whether you hold a grant."),
    "missing_piece": _("This document is missing: %(piece)s."),
    "missing_piece_of": _("This document is missing: %(piece)s (%(subject)s)."),
    "missing_submission": _("The application is not submitted yet."),
    "not_your_candidacy": _("This candidacy is not before you."),
    "not_president_of_this_jury": _("Only the president of the jury may do this."),
    "outcome_not_of_stage": _("%(key)s is not an outcome of this stage."),
    "assessment_not_offered": _(
        "%(key)s is not a test of this stage, or does not go with this outcome."
    ),
    "assessment_is_for_all": _(
        "Everyone at this stage sits this test: nobody is called to it one by one."
    ),
    "decision_is_recorded": _(
        "A decision is recorded already: it is no longer a matter of proposals."
    ),
    "decision_is_announced": _(
        "The decision has been announced: it can no longer be changed here."
    ),
    "decision_is_not_announced": _(
        "Nothing has been announced of this stage: undo or record the decision instead."
    ),
    "later_decision_is_announced": _("A later stage has been announced since: rectify that one."),
    "admission_to_revert_before_rectifying": _(
        "The candidate is admitted: have the admission taken back first."
    ),
    "candidacy_is_on_a_supplementary_list": _(
        "The candidate is a trainee of the supplementary list, which rests on this decision: it stays."
    ),
    "candidacy_has_ended": _(
        "The candidate has withdrawn, or the application was refused: nothing is left to rectify."
    ),
    "rectification_needs_reason": _("Say why the decision is rectified: the candidate is told."),
    "rectification_changes_nothing": _(
        "This is the outcome that was announced: choose another one."
    ),
    "rectification_needs_another_person": _("Somebody else has to confirm what you proposed."),
    "rectification_is_confirmed": _(
        "This rectification has been confirmed, and the candidate told."
    ),
    "rectification_is_given_up": _(
        "This rectification was given up: propose it again if it is needed."
    ),
    "recorded_by_another": _(
        "A colleague has recorded another decision: only they, or the president of the jury, may change it."
    ),
    "decided_meanwhile": _(
        "A colleague acted on this candidacy while you were reading. See below what stands now, then decide again."
    ),
    "call_is_announced": _(
        "The day on which candidates are called to this test has come: the calls are closed."
    ),
    "already_called": _("The candidate has been called to this test already."),
    "not_called_to_assessment": _("The candidate has not been called to this test."),
    "presence_is_recorded": _("It is noted already whether the candidate came."),
    "did_not_sit": _("The candidate did not sit this test: there is nothing to mark."),
    "mark_out_of_scale": _("A mark goes from 0 to %(scale)s."),
    "french_is_not_rated": _(
        "Rate the ability to follow courses in French: it is not the candidate’s mother tongue."
    ),
    "nature_is_missing": _("Say what the test “%(test)s” is about."),
    "nature_is_there_twice": _("“%(nature)s” is there twice: describe each test once."),
    "medium_not_offered": _("The notice does not have the test “%(test)s” sat in that way."),
    "too_few_jury_tests": _(
        "With this outcome the jury sets at least %(at_least)s test “%(test)s”: describe it."
    ),
    "mark_eliminates": _(
        "The mark of the test “%(test)s” is eliminatory: no outcome that selects this candidate can be recorded while "
        "it stands."
    ),
    "mark_eliminates_selected": _(
        "This mark is eliminatory, and an outcome that selects this candidate is recorded: undo that decision first."
    ),
    "mark_eliminates_accepted": _(
        "A candidate is selected whom an eliminatory mark stands against: the jury has to decide again first."
    ),
    "film_not_agreed": _(
        "Candidates are filmed during the test “%(test)s”: read until when it is kept, and agree to it."
    ),
    "call_lacks_jury_tests": _(
        "A candidate would be called to fewer tests than the notice has the jury set: the jury has to decide again "
        "first."
    ),
    "programme_of_another_selection": _("This programme belongs to another selection."),
    "not_a_juror": _(
        "This account does not have the role of juror for this school: grant it first."
    ),
    "sitting_is_not_called": _("This candidate is not called to this test any more."),
    "sitting_takes_no_hour": _("This test is sat when it suits the candidate: no hour is set."),
    "hour_outside_window": _("This is outside the days of this test."),
    "hour_is_past": _("This hour is past."),
    "sitting_is_not_booked": _("Nobody books this test: the school says when it is."),
    "sitting_is_over": _("You are not called to this test any more."),
    "booking_is_final": _(
        "You have booked, and the notice lets nobody change. If you cannot come, write to the school."
    ),
    "booking_is_past": _("What you booked has begun: it cannot be changed any more."),
    "hour_is_set": _("The school has set your hour: there is nothing to book."),
    "slot_is_past": _("This one is past. Choose another."),
    "slot_is_full": _("Somebody was quicker: no place is left there. Choose another."),
    "slot_is_gone": _("The school has taken this one back. Choose another."),
    "slot_is_open": _("One of these is open already, at the same place."),
    "slot_is_booked": _("%(booked)s booked it: give them another hour first, then take it back."),
    "not_your_seats": _("These places are not handled by your school."),
    "capacity_below_held": _(
        "%(held)s places of the group %(pool)s are held: it cannot have fewer."
    ),
    "capacity_below_announced": _("The notice announces %(floor)s places: there cannot be fewer."),
    "capacity_above_most": _("No more than %(most)s can be opened: the notice gives no more."),
    "programme_shares_no_place": _(
        "A candidacy goes only to a programme of the same places and the same selection."
    ),
    "no_supplementary_list": _("The notice has no supplementary list."),
    "term_is_not_confirmed": _(
        "The start of term, %(on)s, is only assumed: confirm it in the calendar first."
    ),
    "list_is_early": _("The supplementary list is drawn up from %(on)s on."),
    "list_is_late": _("The supplementary list is over: its last day was %(on)s."),
    "no_place_is_vacant": _("No place is vacant: those held and the list take them all."),
    "nobody_searches": _("Nobody selected for this programme still searches for a company."),
    "places_for_all": _(
        "%(seekers)s candidates still search and the group can host %(room)s more: the notice wants a list only when "
        "more search than there are places."
    ),
    "nobody_is_ranked": _("Give a rank to at least one candidate."),
    "ranks_do_not_follow": _(
        "Ranks follow one another from %(first)s on, without a gap and each once: check them."
    ),
    "more_than_can_be_hosted": _(
        "%(ranked)s candidates have a rank, and the group can host %(room)s: remove some."
    ),
    "no_longer_searching": _(
        "%(count)s of these candidates found a place or left meanwhile: nobody is listed yet. Check the ranks again."
    ),
    "reason_is_missing": _("Say why: the reason is kept."),
    "seat_is_not_held": _("No place is held."),
    "seat_is_queued": _("No place is left for now: the candidacy waits for one, in its order."),
    "admission_to_revert_first": _("The candidate is admitted: take the admission back first."),
    "trainees_were_told": _(
        "Trainees of the supplementary list were told that they may sign until %(on)s: neither the start of term nor "
        "the months that the day is counted with change while they are there."
    ),
    "candidacy_is_not_selected": _(
        "The candidate is not selected for this programme, or is admitted already."
    ),
    "candidacy_is_not_admitted": _("The candidate is not admitted."),
    "proof_is_not_accepted": _("This document is not accepted yet: %(piece)s."),
    "proof_of_title_is_not_accepted": _(
        "This document is not accepted yet: %(piece)s (%(subject)s)."
    ),
    "day_is_to_come": _("%(on)s is still to come."),
    "no_agreement_in_force": _("The employer’s agreement is not recorded."),
    "agreement_is_in_force": _(
        "An employer’s agreement is recorded already: end it first, if another company agrees."
    ),
    "dossier_has_a_place": _(
        "This application holds or waits for a place already, for another reason: that one is given back first."
    ),
    "place_rests_on_more_than_results": _(
        "For this programme the place goes with the job project or the agreement that it rests on."
    ),
    "admission_rests_on_no_agreement": _(
        "For this programme the notice asks for no employer’s agreement: see what the admission needs."
    ),
    "selected_were_told_another_way": _(
        "Candidates are selected for %(programme)s, and were told what their admission rests on: it cannot change any "
        "more."
    ),
    "more_accepted_than_places": _(
        "The results alone give the place, and more candidates are accepted than places are left: change decisions or "
        "the number of places first."
    ),
}

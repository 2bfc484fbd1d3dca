from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "slug_is_of_another_year": _(
        "“%(slug)s” is the year that begins in %(begins_in)s: give this one another slug."
    ),
    "not_contract_service": _("Only the contrat pro office of the school may do this."),
    "not_this_student": _("This file belongs to another student."),
    "not_department_head": _("Only the head of the student’s department may do this."),
    "condition_not_held": _("This does not hold (article %(article)s): %(condition)s."),
    "condition_unknown": _(
        "Nobody has said whether this holds (article %(article)s): %(condition)s."
    ),
    "condition_risk_to_take": _(
        "This does not hold yet, and the student has not said that they know what follows "
        "(article %(article)s): %(condition)s."
    ),
    "no_risk_to_take": _("Nothing of this is at the student’s own risk."),
    "student_withdrawn": _("The student has given up the contrat pro: reopen the file first."),
    "student_broken": _("The contract was broken: nothing more is done on this file."),
    "identity_not_confirmed": _("Confirm who you are first."),
    "intention_already_told": _("You have told the contrat pro office already."),
    "not_an_actor_of_this_step": _("This step is declared by those who act in it, or the office."),
    "another_file_of_this_year": _(
        "Your account has another file of the same year: write to the contrat pro office."
    ),
    "identity_is_kept": _(
        "The contrat pro office answers on this ground: write to it if something has changed."
    ),
    "nobody_ticked": _("No student is ticked: go back to the grid and tick those concerned."),
    "step_not_of_this_student": _("This step does not concern this student."),
    "step_done_already": _("This step is done already."),
    "step_is_an_incident": _("An incident is reported with its own button, in a few words."),
    "step_is_no_incident": _("This step is declared, it does not happen by itself."),
    "step_done_later_than_today": _("The day is still to come: type the day on which it was done."),
    "step_without_scale": _("This step earns no points: it is recorded only."),
    "points_off_scale": _("The scale of this step goes from 0 to %(top)s."),
    "step_follows_its_paper": _(
        "This step follows its paper: go on with the sheet, the contract, the agreement or the report."
    ),
    "step_not_to_return": _("Only a step that is declared and not marked yet can be returned."),
    "step_not_marked": _("Only a step that is marked can be reopened."),
    "mark_off_scale": _("The mark goes from 0 to %(out_of)s."),
    "override_without_reason": _("Type the reason: it is kept, and the student reads it."),
    # the contract service's students
    "cohort_changed_meanwhile": _(
        "Somebody has changed the list since this page was shown, and nothing was written. Choose the file again."
    ),
    "student_is_there": _("%(email)s is in the list already."),
    "student_on_another_line": _("The same student is on line %(line)s."),
    "student_has_another_address": _(
        "The same student is in the list with the address %(email)s: change it there, or correct this line."
    ),
    "not_an_address": _("“%(email)s” is no e-mail address."),
    "not_a_phone": _("“%(phone)s” is no phone number."),
    "no_such_country": _("“%(country)s” is no country: type its name or its code of two letters."),
    "name_too_long": _("“%(name)s” is over the limit of %(most)s characters."),
    "student_lacks_birth_name": _("The birth name is missing."),
    "student_lacks_first_names": _("The first names are missing."),
    "student_lacks_department": _("The department is missing."),
    "no_such_department": _("“%(department)s” is no department of this year."),
    "no_such_option": _("“%(option)s” is no option of %(department)s."),
    "home_school_of_double_degree": _("A home school is given without a double degree."),
    "born_in_the_future": _("The date of birth is still to come: %(born_on)s."),
    "no_account_at_address": _(
        "Nobody has an account at %(email)s. Ask them to make one with this address, then name them."
    ),
    "risk_is_the_students": _("This is what the student said: it is not taken back for them."),
    "present_is_nobody": _("“%(name)s” is no student whom this meeting calls."),
    "present_is_several": _("Several students are called “%(name)s”: give the address."),
    "no_intention_to_answer": _("The student has not told the office of an intention."),
    "project_has_signed_contract": _(
        "The employment contract is signed, so the project was feasible: if the contract ends before its day, record "
        "its breach under “Absences and incidents”."
    ),
    "project_refusal_needs_reason": _("Type the reason: the student reads it."),
    "tutor_changed_without_reason": _("Type why the school tutor changes: the journal keeps it."),
    "tutor_is_student": _("This is the student’s own account."),
    "tutor_is_no_colleague": _(
        "%(email)s is the account of a student or of a candidate, and a school tutor reads this file. Type the address "
        "of a colleague; if this is one, have the administrator of the platform give them a role first."
    ),
    # contact sheets
    "sheet_is_draft": _("The contact sheet is not sent yet."),
    "sheet_is_sent": _("The contact sheet is sent: the head of the department answers it."),
    "sheet_is_returned": _("The contact sheet was sent back, and is not sent again yet."),
    "sheet_is_validated": _("The contact sheet is validated: it stays as it is."),
    "sheet_of_no_project": _(
        "The student has no project under way: the contact sheet can only be read."
    ),
    "sheet_of_another_link": _("This link does not lead to a contact sheet."),
    "sheet_lacks_of_company": _("The part of the company is not complete: lacking %(count)s."),
    "sheet_lacks_of_student": _("The part of the student is not complete: lacking %(count)s."),
    "sheet_company_is_student": _(
        "This is the student’s own address: type that of a person of the company."
    ),
    "sheet_link_just_sent": _("A link was sent there a moment ago: wait for five minutes."),
    "sheet_too_many_links": _("%(most)s links were sent today: send the next one tomorrow."),
    "sheet_without_home_school": _("The student does no double degree: no home school signs."),
    "sheet_signed_later_than_today": _("The day of the signature is still to come."),
    "sheet_not_signed_by_home_school": _(
        "The home school signs first: by its link, or on paper for the contrat pro office to record."
    ),
    "sheet_signed_by_home_school": _("The home school has signed this version already."),
    "sheet_declined_by_home_school": _(
        "It is on record that the home school does not sign this version: read the remarks above."
    ),
    "sheet_home_school_is_party": _(
        "This is the address of the student or of the company: type that of a person of the home school."
    ),
    "sheet_return_needs_remarks": _("Type what to change: student and company read it."),
    # training agreements
    "not_social_service": _("Only the social service of the school may do this."),
    "agreement_of_no_project": _("The student has no project under way: no agreement is prepared."),
    "agreement_before_sheet": _(
        "The contact sheet comes first: its head validates it, then the agreement is prepared."
    ),
    "agreement_without_words": _(
        "The file of this year says nothing of the agreement: add its section, then load the file again."
    ),
    "agreement_changes_nothing": _(
        "This version would say what the last one says: correct what has changed."
    ),
    "agreement_needs_reason": _(
        "Type why another version takes the place of the last: it is kept, and the student reads it."
    ),
    "agreement_ends_before_it_starts": _("The contract ends before it begins: check both days."),
    "agreement_day_to_come": _("This day is still to come: type one gone by, or today."),
    "agreement_posted_before_prepared": _("It was not prepared yet on that day: check the day."),
    "agreement_link_just_sent": _("A link was sent there a moment ago: wait for five minutes."),
    "agreement_without_scan": _("Choose the scan of the signed agreement."),
    "agreement_without_address": _("Type the address to which the link is sent."),
    "agreement_is_prepared": _("The agreement is not received yet."),
    "agreement_is_received": _("The agreement is received: the school signs next."),
    "agreement_is_signed": _(
        "All have signed this agreement: it stays as it is. Prepare another version to amend it."
    ),
    "agreement_is_cancelled": _("Another version has taken the place of this agreement."),
    "agreement_lacks_signatures": _(
        "Student and company have not both signed: hand in the agreement with both signatures."
    ),
    "agreement_signed_by_school": _("The school has signed already."),
    "agreement_return_needs_remarks": _("Type what to do again: the student reads it."),
    "school_signs_last": _(
        "The school signs last: student and company first, then the office receives the paper. "
        "Type a reason to make an exception."
    ),
    "agreement_waits_for_condition": _(
        "A condition has to hold before the school signs: %(condition)s. It is said on the student’s file."
    ),
    "agreement_not_signed_by_all": _(
        "All have not signed yet: before its own signature, the school sends nothing."
    ),
    "contract_copy_not_received": _(
        "The signed copy of the employment contract is not received yet: both papers go together."
    ),
    "agreement_of_another_link": _("This link does not lead to a training agreement."),
    "not_sent_to_social_service": _(
        "The papers of this student were not sent to the social service."
    ),
    # invoices
    "invoice_before_its_month": _("This line is invoiced from %(month)s on."),
    "invoice_of_no_contract": _("The student has no contract under way."),
    "invoice_before_contract": _("The signed copy of the employment contract is not received yet."),
    "invoice_before_agreement": _("All have not signed the training agreement yet."),
    "invoice_line_not_agreed": _("The signed agreement has no such line in its schedule."),
    "invoiced_already": _("This line is invoiced already."),
    "nobody_to_invoice": _("Nobody is to be invoiced for this line now."),
    "invoice_due_before_issue": _("The last day to pay is before today: check it."),
    "invoice_is_paid": _("This invoice is on record as paid."),
    "invoice_is_credited": _("Credit notes have taken all of this invoice back."),
    "invoice_is_not_paid": _("This invoice is not on record as paid."),
    "invoice_paid_on_another_day": _(
        "An invoice is paid between the day of its issue and today: check the day."
    ),
    "credit_note_is_not_paid": _("A credit note is not paid: it lessens its invoice."),
    "credit_note_of_a_credit_note": _("A credit note takes back an invoice, not a credit note."),
    "credit_above_what_is_left": _(
        "%(left_cents)s of this invoice are left: type this amount at most."
    ),
    "credit_without_reason": _("Type the reason: it is printed on the credit note."),
    "opco_without_name": _("Type the name and the address of the skills operator."),
    # incidents, absences
    "incident_is_a_breach": _("The office puts a breach on record on a page of its own."),
    "incident_later_than_today": _("The first day is still to come: check it."),
    "incident_outside_contract": _(
        "The first day is not between %(first)s and %(last)s, the days of the student’s file: check it."
    ),
    "incident_is_known": _(
        "An incident with these days is on record already, and nothing was added. A document that came later is handed "
        "in from the list."
    ),
    "incident_ends_before_it_starts": _("It ends before it begins: check both days."),
    "incident_told_later_than_now": _(
        "Nobody was told at an hour that is still to come: check it."
    ),
    "incident_without_document": _("Choose the document."),
    "incident_has_document": _("The document is here already."),
    "breach_of_no_contract": _("The student has no signed contract under way."),
    "breach_later_than_today": _(
        "This day is still to come: a breach is recorded once it took place."
    ),
    "breach_after_the_end": _("The contract ends by itself on that day: this is no breach."),
    "breach_without_reason": _("Type the reason: it is kept, and the student reads it."),
    "contract_not_broken": _("No breach of this contract is on record."),
    "absence_without_contract": _("Without a signed contract, no company needs the student."),
    "absence_without_need": _("Type what the company needs: the head decides on it."),
    "absence_is_past": _("The day is over."),
    "absence_outside_contract": _("The day away from the school is outside the contract."),
    "absence_in_examinations": _(
        "No day is given up in a period of examinations or tests: the company does without."
    ),
    "absence_not_at_school": _(
        "On that day the student is not at the school: nothing is to be asked."
    ),
    "absence_of_two_days": _(
        "One day, exceptionally: another day next to it, or the same one, is asked for or granted already."
    ),
    "absence_made_up_the_same_day": _("The day is made up on another day."),
    "absence_made_up_in_the_past": _("The day that makes it up is over: name another."),
    "absence_made_up_outside_contract": _("The day that makes it up is outside the contract."),
    "absence_made_up_at_school": _(
        "The day is made up on a working day that is not at the school: name another."
    ),
    "absence_is_asked": _("The head of the department has not answered yet."),
    "absence_is_granted": _("The day is granted."),
    "absence_is_refused": _("The day is refused."),
    "absence_is_cancelled": _("The day is cancelled."),
    "absence_refusal_needs_reason": _("Type the reason: the student reads it."),
    "absence_made_up_in_classes": _(
        "The student has classes on the day that makes it up: name a working day without any."
    ),
    # employment contracts
    "contract_needs_feasible": _(
        "The contrat pro office first answers that the project is feasible."
    ),
    "contract_needs_sheet": _("The head of the department first validates the contact sheet."),
    "employment_is_draft": _("The contract is not found complete yet."),
    "employment_is_ready": _(
        "The contract is found complete: the contrat pro office takes it up again before it is changed."
    ),
    "employment_is_signed": _("The signed contract is here: it stays as it is."),
    "contract_of_another_link": _("This link does not lead to an employment contract."),
    "contract_lacks_of_employer": _("The part of the company lacks %(count)s."),
    "contract_lacks_of_employee": _("The part of the student lacks %(count)s."),
    "contract_lacks_of_school": _("What the school’s year says lacks %(count)s."),
    "contract_has_slips": _("What cannot be read: %(count)s. Each is named on the page."),
    "contract_reopening_needs_reason": _("Type the reason: student and company read it."),
    "contract_correction_needs_reason": _("Type the reason: the journal keeps it."),
    "contract_deposited_later_than_today": _("The day of the deposit is still to come."),
    "contract_copy_later_than_today": _("This day is still to come: check both days."),
    "contract_received_before_signed": _(
        "The contract was received before it was signed: check both days."
    ),
    "box_is_no_number": _("Type a whole number in figures."),
    "box_is_no_day": _("Type the day, the month and the year in figures, for instance 01/09/2025."),
    "box_is_no_hours": _("Type hours and minutes, for instance 35 h 00."),
    "box_is_no_euros": _("Type an amount in euros, for instance 1458,43."),
    "box_is_no_yes_no": _("Choose yes or no."),
    "box_is_no_choice": _("Choose one of those there are."),
    "box_is_no_email": _("This address is not complete."),
    "box_is_no_siret": _("A SIRET number has fourteen digits."),
    # classes and presence
    "not_this_teacher": _("This session is kept by the teacher whom the timetable names."),
    "timetable_changed_meanwhile": _(
        "Somebody has changed the timetable since this page was shown, and nothing was written. Choose the file again."
    ),
    "class_is_scheduled": _("The session is not open yet."),
    "class_is_open": _("The session is open already."),
    "class_is_countersigned": _("The teacher has countersigned this session: it stays as it is."),
    "class_is_cancelled": _("This session is cancelled."),
    "class_too_early_to_open": _("A session opens half an hour before its hour at the earliest."),
    "class_long_over": _(
        "The session has been over for more than a day: the contrat pro office types the paper sheet."
    ),
    "class_not_begun": _("The session has not begun yet."),
    "class_minutes_unlike_planned": _("Type from 1 to %(most)s minutes: no more than was planned."),
    "class_late_by_all_of_it": _(
        "Whoever is late came late by 1 minute at least, and by less than the session, %(most)s minutes."
    ),
    "class_of_others": _("This session does not call you."),
    "class_sign_over": _(
        "The session is over: only the teacher can still say that you were there."
    ),
    "class_called_absent": _(
        "The teacher has recorded you absent: while the session is open, ask them to put it right."
    ),
    "class_too_many_tries": _(
        "You have typed %(most)s codes that were none: the teacher calls you by your name."
    ),
    "class_code_wrong": _("This is not the code of this session: read it again on the screen."),
    "class_code_over": _("This code is over: type the one that is shown now."),
    "class_roll_changed": _(
        "Somebody has signed since this page was shown, and nothing was countersigned. Look at the roll again."
    ),
    "class_signed_by_code": _(
        "Students have signed this session themselves: its teacher calls the others and countersigns."
    ),
    "class_of_another_link": _("This link does not lead to a session."),
    "class_without_address": _("The session has no e-mail address of a teacher: type it first."),
    "class_pin_missing": _("Type the code that the e-mail gives below the link first."),
    "class_pin_wrong": _("This is not the code that the e-mail gives below the link."),
    "class_pin_closed_link": _(
        "Too many wrong codes: this link is closed. The contrat pro office sends you another."
    ),
    "presence_is_present": _("The student was present: there is nothing to excuse."),
    "presence_is_late": _("The student was late, not absent: there is nothing to excuse."),
    "presence_is_excused": _("This absence is excused already."),
    "presence_without_reason": _("Type the reason: it is kept with what was said before."),
    "excuse_without_document": _("An absence is excused by a document: choose it."),
    "excuse_of_no_absence": _("You were not absent there, or the teacher has not signed yet."),
    "booklet_of_no_project": _("You have no project under way: there is no booklet to hand in."),
    "booklet_is_empty": _("No teacher has countersigned a session yet: the booklet is empty."),
    "booklet_lacks_signatures": _(
        "Sessions that are over and not countersigned: %(count)s. The contrat pro office asks their teachers, "
        "or cancels those that were not held."
    ),
    "booklet_before_last_class": _(
        "Classes of yours that are still to come: %(count)s, the last on %(last)s. Hand the booklet in after it."
    ),
    # a line of a timetable
    "no_such_group": _("“%(group)s” is no department or option of this year."),
    "class_without_group": _("It says nowhere whom the session calls: choose it above the file."),
    "class_ends_before": _("It ends before it begins."),
    "class_too_long": _("It lasts more than %(hours)s hours: check both hours."),
    "not_an_hour": _("“%(text)s” is no hour: type it as 8:30 or 8h30."),
    "no_such_kind": _("“%(kind)s” is neither a class, nor a tutorial, nor a project session."),
    "class_on_another_line": _("The same session is on line %(line)s."),
    "calendar_unreadable": _(
        "This file cannot be read as a calendar. Export the timetable again as iCalendar (.ics), xlsx or csv."
    ),
    "calendar_event_repeats": _(
        "This event repeats by a rule: export the timetable with an event for each session."
    ),
    "calendar_event_incomplete": _("This event lacks its title, its beginning or its end."),
    # certificates of completion
    "certificate_too_early": _(
        "The semester ends on %(last)s: its certificates are made afterwards."
    ),
    "certificate_without_hours": _("No session of this semester is countersigned."),
    "certificate_without_employer": _(
        "The employer is not known: neither a contract nor a contact sheet names it."
    ),
    "certificate_for_nobody": _(
        "Nobody has hours to certify in this semester, or everybody has their certificate."
    ),
    "certificate_is_replaced": _("This certificate is replaced already: correct the latest one."),
    "certificate_says_the_same": _(
        "The hours and the employer are what this certificate says: there is nothing to correct."
    ),
    # the company project of semester 9
    "not_school_tutor": _("Only the school tutor of this student may do this."),
    "project_of_no_student": _("There is no project under way."),
    "project_report_is_passed_on": _(
        "Report and evaluation are passed on to the registrar: nothing more is taken."
    ),
    "project_without_report": _("The student has not deposited the report."),
    "project_lacks_conduct": _("The mark of the conduct is not closed."),
    "project_lacks_company_mark": _("The mark of the company tutor is not there."),
    "project_lacks_tutor_mark": _("The mark of the school tutor is not there."),
    "project_mark_published": _("The mark is published: it is taken back first."),
    "project_mark_not_published": _("The mark is not published."),
    "project_taking_back_needs_reason": _("Type the reason: the journal keeps it."),
    "passed_on_later_than_today": _("The day on which you passed them on is still to come."),
    "evaluation_is_sent": _("The company tutor has sent the evaluation: ask for a correction."),
    "evaluation_is_not_sent": _("The company tutor has not sent the evaluation."),
    "evaluation_lacks": _("The evaluation is not complete: lacking %(count)s."),
    "evaluation_by_student": _(
        "This is the student’s own address: type that of the company tutor."
    ),
    "evaluation_by_school": _(
        "This is the address of somebody who works for the school: type that of the company tutor."
    ),
    "evaluation_link_just_sent": _("A link was sent there a moment ago: wait for five minutes."),
    "evaluation_too_many_links": _("%(most)s links were sent today: send the next one tomorrow."),
    "evaluation_of_another_link": _("This link does not lead to an evaluation."),
    "evaluation_reopening_needs_reason": _("Type what to correct: the company tutor reads it."),
    # the final project
    "pfe_sheet_lacks": _("The sheet is not complete: lacking %(count)s."),
    "pfe_title_too_long": _("The title has %(words)s words, and %(most)s at most are printed."),
    "pfe_sheet_is_sent": _("The sheet is sent: the school tutor answers it."),
    "pfe_sheet_is_not_sent": _("There is no sheet to answer."),
    "pfe_sheet_return_needs_remarks": _("Type what to change: the student reads it."),
    "defence_without_agreement": _(
        "All have not signed the training agreement: its last day says until when one may defend."
    ),
    "defence_after_training": _(
        "The training ends in the agreement before that: defend on %(day)s at the latest, its last working day."
    ),
    "defence_before_report": _(
        "The report is due on %(due)s, and %(days)s days at least go by until the defence: "
        "the co-tutor first sets an earlier day for the report."
    ),
    "pfe_day_is_past": _("This day is over: name today or a day to come."),
    "pfe_report_due_too_late": _(
        "The report is due %(days)s days at least before the defence: on %(day)s at the latest."
    ),
    "pfe_report_after_defence": _(
        "The defence has begun: no report is deposited any more. Give yours to your school tutor; if the defence is "
        "put off, whoever organises it moves its day first."
    ),
    "defence_not_planned": _("The defence is not planned yet."),
    "defence_not_held": _("The defence is still to come."),
    "defence_without_title": _(
        "No sheet of the final project is approved: its title is printed with the mark."
    ),
    "defence_is_marked": _("The defence is marked: take the mark out first."),
    "defence_is_not_marked": _("The defence is not marked."),
    "defence_reopening_needs_reason": _("Type the reason: the journal keeps it."),
}

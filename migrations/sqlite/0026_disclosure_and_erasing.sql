CREATE TABLE `disclosure_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`received_on` text NOT NULL,
	`reason` text NOT NULL,
	`identity_check` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`withheld` text NOT NULL,
	`answer` text NOT NULL,
	CONSTRAINT "nobody_discloses_alone" CHECK("disclosure_requests"."decided_by" <> "disclosure_requests"."proposed_by"),
	CONSTRAINT "disclosure_decided" CHECK(("disclosure_requests"."state" = 'open') = ("disclosure_requests"."decided_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_disclosure_a_sender` ON `disclosure_requests` (`sender_id`) WHERE "disclosure_requests"."state" = 'open';--> statement-breakpoint
ALTER TABLE `threads` ADD `erased` integer DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_never_go BEFORE DELETE ON disclosure_requests
BEGIN SELECT RAISE(ABORT, 'a request is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_are_answered_once BEFORE UPDATE ON disclosure_requests
WHEN OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason
  OR NEW.identity_check <> OLD.identity_check OR NEW.proposed_by <> OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'a request stays as it came, and is answered once'); END;
--> statement-breakpoint
-- Nothing leaves for a person whose request was not answered with it by two people.
CREATE TRIGGER data_is_disclosed_on_an_answered_request BEFORE INSERT ON events
WHEN NEW.kind = 'data_disclosed' AND NOT EXISTS (SELECT 1 FROM disclosure_requests
  WHERE id = json_extract(NEW.content, '$.requestId') AND state IN ('disclosed', 'partly'))
BEGIN SELECT RAISE(ABORT, 'data is disclosed where two people have answered the request so'); END;
--> statement-breakpoint
UPDATE threads SET erased = 1 WHERE erased_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages
  WHERE thread_id = threads.id AND erased_at IS NULL AND nature NOT IN ('bounce', 'report'));
--> statement-breakpoint
-- What the domain refuses of erasing, the database refuses too: a row is emptied where an erasure of
-- its own sender names it.
DROP TRIGGER sender_notes_never_change;
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_change BEFORE UPDATE ON sender_notes
WHEN NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id
  OR NEW.author <> OLD.author OR NEW.at <> OLD.at OR NEW.text_sha256 <> OLD.text_sha256
  OR NEW.corrects IS NOT OLD.corrects OR NEW.text <> ''
  OR NOT EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.notes') AS named
    WHERE e.sender_id = OLD.sender_id AND e.kind = 'sender_erased' AND named.value = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a note never changes: a further one puts it right, or an erasure that names it empties it'); END;
--> statement-breakpoint
DROP TRIGGER incidents_keep_their_facts;
--> statement-breakpoint
CREATE TRIGGER incidents_keep_their_facts BEFORE UPDATE ON incidents
WHEN NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id OR NEW.kind <> OLD.kind
  OR NEW.occurred_at <> OLD.occurred_at OR NEW.content_sha256 <> OLD.content_sha256
  OR NEW.recorded_by <> OLD.recorded_by OR NEW.minutes IS NOT OLD.minutes
  OR NEW.taken_by IS NOT OLD.taken_by OR NEW.picture_sha256 IS NOT OLD.picture_sha256
  OR ((NEW.account <> OLD.account OR NEW.recording <> OLD.recording OR NEW.post_url <> OLD.post_url)
    AND NOT (NEW.account = '' AND NEW.recording = '' AND NEW.post_url = ''
      AND EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.incidents') AS named
        WHERE e.sender_id = OLD.sender_id AND e.kind = 'sender_erased' AND named.value = OLD.id)))
BEGIN SELECT RAISE(ABORT, 'what was recorded of an incident never changes, but is erased by an event that names it'); END;
--> statement-breakpoint
DROP TRIGGER incident_pictures_never_change;
--> statement-breakpoint
CREATE TRIGGER incident_pictures_never_change BEFORE UPDATE ON incident_pictures
WHEN NEW.id <> OLD.id OR NEW.incident_id <> OLD.incident_id OR NEW.sha256 <> OLD.sha256
  OR NEW.content_type <> OLD.content_type OR NEW.size <> OLD.size OR NEW.bytes <> x''
  OR NOT EXISTS (SELECT 1 FROM incidents JOIN events AS e ON e.sender_id = incidents.sender_id
      AND e.kind = 'sender_erased', json_each(e.content, '$.incidents') AS named
    WHERE incidents.id = OLD.incident_id AND named.value = OLD.incident_id)
BEGIN SELECT RAISE(ABORT, 'a picture never changes, but is erased by an event that names its incident'); END;
--> statement-breakpoint
DROP TRIGGER measure_terms_keep_what_was_confirmed;
--> statement-breakpoint
CREATE TRIGGER measure_terms_keep_what_was_confirmed BEFORE UPDATE ON measure_terms
WHEN NEW.scope <> OLD.scope OR NEW.mailbox_id IS NOT OLD.mailbox_id
  OR NEW.open_topics <> OLD.open_topics OR NEW.answer_days IS NOT OLD.answer_days
  OR NEW.renews IS NOT OLD.renews
  OR (OLD.answer_sha256 IS NOT NULL AND (NEW.answer_sha256 IS NOT OLD.answer_sha256
    OR ((NEW.answer_body IS NOT OLD.answer_body OR NEW.answer_subject IS NOT OLD.answer_subject)
      AND NOT (NEW.answer_body = '' AND NEW.answer_subject = ''
        AND EXISTS (SELECT 1 FROM measures JOIN events AS e ON e.sender_id = measures.sender_id
            AND e.kind = 'sender_erased', json_each(e.content, '$.answers') AS named
          WHERE measures.id = OLD.measure_id AND named.value = OLD.measure_id)))))
BEGIN SELECT RAISE(ABORT, 'the terms of a suspension never change, but for an answer that an erasure names'); END;
--> statement-breakpoint
CREATE TRIGGER who_is_held_is_never_erased BEFORE INSERT ON events
WHEN NEW.kind = 'sender_erased' AND EXISTS (SELECT 1 FROM holds WHERE lifted_at IS NULL
  AND CASE what WHEN 'thread' THEN (SELECT sender_id FROM threads WHERE id = thing_id) ELSE thing_id END
    IN (SELECT NEW.sender_id UNION SELECT other.sender_id FROM sender_members AS own
      JOIN sender_members AS other ON other.head = own.head WHERE own.sender_id = NEW.sender_id))
BEGIN SELECT RAISE(ABORT, 'what is held is never erased'); END;

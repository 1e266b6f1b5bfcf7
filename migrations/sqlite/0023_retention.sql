CREATE TABLE `deletion_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`received_on` text NOT NULL,
	`reason` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`threads` text DEFAULT '[]' NOT NULL,
	`answer` text NOT NULL,
	CONSTRAINT "nobody_deletes_alone" CHECK("deletion_requests"."decided_by" <> "deletion_requests"."proposed_by"),
	CONSTRAINT "decided_by_somebody" CHECK(("deletion_requests"."state" = 'open') = ("deletion_requests"."decided_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_deletion_a_sender` ON `deletion_requests` (`sender_id`) WHERE "deletion_requests"."state" = 'open';--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`thing_id` text NOT NULL,
	`reason` text NOT NULL,
	`placed_by` text NOT NULL,
	`placed_at` text NOT NULL,
	`lifted_by` text,
	`lifted_at` text,
	`lift_reason` text NOT NULL,
	CONSTRAINT "nobody_lifts_their_own_hold" CHECK("holds"."lifted_by" <> "holds"."placed_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_hold_a_thing` ON `holds` (`what`,`thing_id`) WHERE "holds"."lifted_at" is null;--> statement-breakpoint
CREATE TABLE `retention_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`approved_by` text,
	`approved_at` text,
	CONSTRAINT "nobody_approves_their_own_periods" CHECK("retention_rules"."approved_by" <> "retention_rules"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `erased_at` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `erased_under` text;--> statement-breakpoint
CREATE INDEX `messages_by_bytes` ON `messages` (`raw_sha256`);--> statement-breakpoint
ALTER TABLE `threads` ADD `erased_at` text;
--> statement-breakpoint
-- What the domain refuses of erasing, the database refuses too.
-- What was erased goes letter by letter out of the file and out of the index, not only out of sight.
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
DROP TRIGGER raws_never_change;
--> statement-breakpoint
-- The bytes of a mail never change, but go where an erasure names them and no mail needs them any
-- more; the same mail in another mailbox later brings them back.
CREATE TRIGGER raws_never_change BEFORE UPDATE ON raws
WHEN NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR (OLD.bytes <> x'' AND (NEW.bytes <> x''
  OR EXISTS (SELECT 1 FROM messages WHERE raw_sha256 = OLD.sha256 AND erased_at IS NULL)
  OR NOT EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.bytes') AS named
    WHERE e.kind = 'thread_erased' AND named.value = OLD.sha256 AND e.thread_id IN (
      SELECT thread_id FROM messages WHERE raw_sha256 = OLD.sha256
      UNION SELECT letters.thread_id FROM outgoing JOIN letters ON letters.id = outgoing.id
        WHERE outgoing.raw_sha256 = OLD.sha256))))
BEGIN SELECT RAISE(ABORT, 'the original bytes of a mail never change, but go by an erasure that names them'); END;
--> statement-breakpoint
DROP TRIGGER letters_keep_their_message_id;
--> statement-breakpoint
CREATE TRIGGER letters_keep_their_message_id BEFORE UPDATE ON letters
WHEN OLD.message_id IS NOT NULL AND (NEW.message_id IS NOT OLD.message_id
  OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.to_address <> OLD.to_address
  OR ((NEW.body <> OLD.body OR NEW.subject <> OLD.subject)
    AND NOT (NEW.body = '' AND NEW.subject = '' AND EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.letters') AS named
    WHERE e.thread_id = OLD.thread_id AND e.kind = 'thread_erased' AND named.value = OLD.id))))
BEGIN SELECT RAISE(ABORT, 'an approved letter never changes, but is erased by an event that names it'); END;
--> statement-breakpoint
DROP TRIGGER letter_versions_stay_as_they_are;
--> statement-breakpoint
CREATE TRIGGER letter_versions_stay_as_they_are BEFORE UPDATE ON letter_versions
WHEN NEW.id <> OLD.id OR NEW.letter_id <> OLD.letter_id OR NEW.author <> OLD.author OR NEW.at <> OLD.at
  OR NEW.content_sha256 <> OLD.content_sha256 OR json_extract(NEW.words, '$.body') <> ''
  OR NOT EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.versions') AS named
    WHERE e.thread_id = (SELECT thread_id FROM letters WHERE id = OLD.letter_id) AND e.kind = 'thread_erased' AND named.value = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a version of a letter stays as it is, but is erased by an event that names it'); END;
--> statement-breakpoint
DROP TRIGGER uploads_keep_their_bytes;
--> statement-breakpoint
CREATE TRIGGER uploads_keep_their_bytes BEFORE UPDATE ON uploads
WHEN NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR NEW.content_type <> OLD.content_type
  OR NEW.person_id <> OLD.person_id
  OR ((NEW.bytes <> OLD.bytes OR NEW.filename <> OLD.filename)
    AND NOT (NEW.bytes = x'' AND NEW.filename = '' AND EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.uploads') AS named
    WHERE e.thread_id = OLD.thread_id AND e.kind = 'thread_erased' AND named.value = OLD.id)))
BEGIN SELECT RAISE(ABORT, 'a file stays as it was put in, but is erased by an event that names it'); END;
--> statement-breakpoint
DROP TRIGGER notes_never_change;
--> statement-breakpoint
CREATE TRIGGER notes_never_change BEFORE UPDATE ON notes
WHEN NEW.id <> OLD.id OR NEW.thread_id <> OLD.thread_id OR NEW.author <> OLD.author
  OR NEW.mentions <> OLD.mentions OR NEW.at <> OLD.at
  OR (NEW.body <> OLD.body AND NOT (NEW.body = '' AND EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.notes') AS named
    WHERE e.thread_id = OLD.thread_id AND e.kind = 'thread_erased' AND named.value = OLD.id)))
  OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NOT OLD.withdrawn_at)
BEGIN SELECT RAISE(ABORT, 'a note never changes: it is withdrawn once, or erased by an event that names it'); END;
--> statement-breakpoint
CREATE TRIGGER messages_are_erased_on_record BEFORE UPDATE OF erased_at, erased_under ON messages
WHEN NEW.erased_at IS NULL OR NEW.text <> '' OR NEW.subject <> '' OR NEW.html IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM events AS e, json_each(e.content, '$.messages') AS named
    WHERE e.thread_id = OLD.thread_id AND e.kind = 'thread_erased'
      AND json_extract(named.value, '$.id') = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a mail is erased by an event that names it, with all its words'); END;
--> statement-breakpoint
-- Bytes that were erased while the same mail came in elsewhere: it is fetched again, with its bytes.
CREATE TRIGGER messages_come_with_their_bytes BEFORE INSERT ON messages
WHEN NEW.erased_at IS NULL AND EXISTS (SELECT 1 FROM raws WHERE sha256 = NEW.raw_sha256 AND bytes = x'')
BEGIN SELECT RAISE(ABORT, 'a mail comes with its original bytes'); END;
--> statement-breakpoint
CREATE TRIGGER what_is_held_is_never_erased BEFORE INSERT ON events
WHEN NEW.kind IN ('thread_erased', 'assessment_lapsed') AND EXISTS (
  SELECT 1 FROM holds WHERE lifted_at IS NULL AND ((what = 'thread' AND thing_id = NEW.thread_id)
    OR (what = 'sender' AND thing_id IN (
      SELECT sender_id FROM threads WHERE id = NEW.thread_id
      UNION SELECT other.sender_id FROM threads
        JOIN sender_members AS own ON own.sender_id = threads.sender_id
        JOIN sender_members AS other ON other.head = own.head WHERE threads.id = NEW.thread_id))))
BEGIN SELECT RAISE(ABORT, 'what is held is never erased'); END;
--> statement-breakpoint
CREATE TRIGGER holds_never_go BEFORE DELETE ON holds
BEGIN SELECT RAISE(ABORT, 'a hold is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER holds_are_lifted_once BEFORE UPDATE ON holds
WHEN OLD.lifted_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.what <> OLD.what OR NEW.reason <> OLD.reason
  OR NEW.thing_id <> OLD.thing_id OR NEW.placed_by <> OLD.placed_by OR NEW.placed_at <> OLD.placed_at
BEGIN SELECT RAISE(ABORT, 'a hold stays as it was placed, and is lifted once'); END;
--> statement-breakpoint
CREATE TRIGGER retention_rules_are_approved_once BEFORE UPDATE ON retention_rules
WHEN OLD.approved_by IS NOT NULL OR NEW.id <> OLD.id OR NEW.proposed_by <> OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'periods are approved once, by somebody else than who proposed them'); END;
--> statement-breakpoint
CREATE TRIGGER deletion_requests_never_go BEFORE DELETE ON deletion_requests
BEGIN SELECT RAISE(ABORT, 'a request is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER deletion_requests_are_answered_once BEFORE UPDATE ON deletion_requests
WHEN OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason OR NEW.proposed_by <> OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'a request stays as it came, and is answered once'); END;

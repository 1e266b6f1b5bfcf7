CREATE TABLE "deletion_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"received_on" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"proposed_by" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decided_by" text collate "C",
	"decided_at" text collate "C",
	"threads" json DEFAULT '[]'::json NOT NULL,
	"answer" text collate "C" NOT NULL,
	CONSTRAINT "nobody_deletes_alone" CHECK ("deletion_requests"."decided_by" <> "deletion_requests"."proposed_by"),
	CONSTRAINT "decided_by_somebody" CHECK (("deletion_requests"."state" = 'open') = ("deletion_requests"."decided_by" is null))
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"what" text collate "C" NOT NULL,
	"thing_id" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"placed_by" text collate "C" NOT NULL,
	"placed_at" text collate "C" NOT NULL,
	"lifted_by" text collate "C",
	"lifted_at" text collate "C",
	"lift_reason" text collate "C" NOT NULL,
	CONSTRAINT "nobody_lifts_their_own_hold" CHECK ("holds"."lifted_by" <> "holds"."placed_by")
);
--> statement-breakpoint
CREATE TABLE "retention_rules" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"proposed_by" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"approved_by" text collate "C",
	"approved_at" text collate "C",
	CONSTRAINT "nobody_approves_their_own_periods" CHECK ("retention_rules"."approved_by" <> "retention_rules"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "erased_at" text collate "C";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "erased_under" text collate "C";--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "erased_at" text collate "C";--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_deletion_a_sender" ON "deletion_requests" USING btree ("sender_id") WHERE "deletion_requests"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_hold_a_thing" ON "holds" USING btree ("what","thing_id") WHERE "holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "messages_by_bytes" ON "messages" USING btree ("raw_sha256");
--> statement-breakpoint
-- What the domain refuses of erasing, the database refuses too.
-- Whether an erasure of that thread names the row in one of its lists.
CREATE FUNCTION erasure_names(thread text, list text, id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM events WHERE thread_id = thread AND kind = 'thread_erased'
    AND (content::jsonb -> list) @> CASE WHEN list = 'messages'
      THEN jsonb_build_array(jsonb_build_object('id', id)) ELSE jsonb_build_array(id) END)
$$;
--> statement-breakpoint
CREATE FUNCTION version_is_erased(letter text, version text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM letters WHERE letters.id = letter
    AND erasure_names(letters.thread_id, 'versions', version))
$$;
--> statement-breakpoint
-- Bytes go where an erasure names them and no mail needs them any more.
CREATE FUNCTION bytes_are_erased(name text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM messages WHERE raw_sha256 = name AND erased_at IS NULL)
    AND EXISTS (SELECT 1 FROM (SELECT thread_id FROM messages WHERE raw_sha256 = name
      UNION SELECT letters.thread_id FROM outgoing JOIN letters ON letters.id = outgoing.id
        WHERE outgoing.raw_sha256 = name) AS places
      WHERE erasure_names(places.thread_id, 'bytes', name))
$$;
--> statement-breakpoint
DROP TRIGGER raws_never_change ON raws;
--> statement-breakpoint
-- The same mail in another mailbox later brings its bytes back.
CREATE TRIGGER raws_never_change BEFORE UPDATE ON raws
FOR EACH ROW WHEN (NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR (length(OLD.bytes) > 0
  AND (length(NEW.bytes) > 0 OR NOT bytes_are_erased(OLD.sha256))))
EXECUTE FUNCTION refuse('the original bytes of a mail never change, but go by an erasure that names them');
--> statement-breakpoint
DROP TRIGGER letters_keep_their_message_id ON letters;
--> statement-breakpoint
CREATE TRIGGER letters_keep_their_message_id BEFORE UPDATE ON letters
FOR EACH ROW WHEN (OLD.message_id IS NOT NULL AND (NEW.message_id IS DISTINCT FROM OLD.message_id
  OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.to_address <> OLD.to_address
  OR ((NEW.body <> OLD.body OR NEW.subject <> OLD.subject)
    AND NOT (NEW.body = '' AND NEW.subject = '' AND erasure_names(OLD.thread_id, 'letters', OLD.id)))))
EXECUTE FUNCTION refuse('an approved letter never changes, but is erased by an event that names it');
--> statement-breakpoint
DROP TRIGGER letter_versions_stay_as_they_are ON letter_versions;
--> statement-breakpoint
CREATE TRIGGER letter_versions_stay_as_they_are BEFORE UPDATE ON letter_versions
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.letter_id <> OLD.letter_id OR NEW.author <> OLD.author
  OR NEW.at <> OLD.at OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.words ->> 'body' <> ''
  OR NOT version_is_erased(OLD.letter_id, OLD.id))
EXECUTE FUNCTION refuse('a version of a letter stays as it is, but is erased by an event that names it');
--> statement-breakpoint
DROP TRIGGER uploads_keep_their_bytes ON uploads;
--> statement-breakpoint
CREATE TRIGGER uploads_keep_their_bytes BEFORE UPDATE ON uploads
FOR EACH ROW WHEN (NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR NEW.content_type <> OLD.content_type
  OR NEW.person_id <> OLD.person_id OR ((NEW.bytes <> OLD.bytes OR NEW.filename <> OLD.filename)
    AND NOT (length(NEW.bytes) = 0 AND NEW.filename = '' AND erasure_names(OLD.thread_id, 'uploads', OLD.id))))
EXECUTE FUNCTION refuse('a file stays as it was put in, but is erased by an event that names it');
--> statement-breakpoint
DROP TRIGGER notes_never_change ON notes;
--> statement-breakpoint
CREATE TRIGGER notes_never_change BEFORE UPDATE ON notes
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.thread_id <> OLD.thread_id OR NEW.author <> OLD.author
  OR NEW.mentions::text <> OLD.mentions::text OR NEW.at <> OLD.at
  OR (NEW.body <> OLD.body AND NOT (NEW.body = '' AND erasure_names(OLD.thread_id, 'notes', OLD.id)))
  OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at))
EXECUTE FUNCTION refuse('a note never changes: it is withdrawn once, or erased by an event that names it');
--> statement-breakpoint
CREATE TRIGGER messages_are_erased_on_record BEFORE UPDATE OF erased_at, erased_under ON messages
FOR EACH ROW WHEN (NEW.erased_at IS NULL OR NEW.text <> '' OR NEW.subject <> '' OR NEW.html IS NOT NULL
  OR NOT erasure_names(OLD.thread_id, 'messages', OLD.id))
EXECUTE FUNCTION refuse('a mail is erased by an event that names it, with all its words');
--> statement-breakpoint
-- Bytes that were erased while the same mail came in elsewhere: it is fetched again, with its bytes.
CREATE FUNCTION bytes_are_gone(name text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM raws WHERE sha256 = name AND length(bytes) = 0)
$$;
--> statement-breakpoint
CREATE TRIGGER messages_come_with_their_bytes BEFORE INSERT ON messages
FOR EACH ROW WHEN (NEW.erased_at IS NULL AND bytes_are_gone(NEW.raw_sha256))
EXECUTE FUNCTION refuse('a mail comes with its original bytes');
--> statement-breakpoint
CREATE FUNCTION thread_is_held(thread text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM holds WHERE lifted_at IS NULL AND ((what = 'thread' AND thing_id = thread)
    OR (what = 'sender' AND thing_id IN (
      SELECT sender_id FROM threads WHERE id = thread
      UNION SELECT other.sender_id FROM threads
        JOIN sender_members AS own ON own.sender_id = threads.sender_id
        JOIN sender_members AS other ON other.head = own.head WHERE threads.id = thread))))
$$;
--> statement-breakpoint
CREATE TRIGGER what_is_held_is_never_erased BEFORE INSERT ON events
FOR EACH ROW WHEN (NEW.kind IN ('thread_erased', 'assessment_lapsed') AND thread_is_held(NEW.thread_id))
EXECUTE FUNCTION refuse('what is held is never erased');
--> statement-breakpoint
CREATE TRIGGER holds_never_go BEFORE DELETE ON holds
FOR EACH ROW 
EXECUTE FUNCTION refuse('a hold is never deleted');
--> statement-breakpoint
CREATE TRIGGER holds_are_lifted_once BEFORE UPDATE ON holds
FOR EACH ROW WHEN (OLD.lifted_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.what <> OLD.what
  OR NEW.reason <> OLD.reason OR NEW.thing_id <> OLD.thing_id OR NEW.placed_by <> OLD.placed_by
  OR NEW.placed_at <> OLD.placed_at)
EXECUTE FUNCTION refuse('a hold stays as it was placed, and is lifted once');
--> statement-breakpoint
CREATE TRIGGER retention_rules_are_approved_once BEFORE UPDATE ON retention_rules
FOR EACH ROW WHEN (OLD.approved_by IS NOT NULL OR NEW.id <> OLD.id OR NEW.proposed_by <> OLD.proposed_by)
EXECUTE FUNCTION refuse('periods are approved once, by somebody else than who proposed them');
--> statement-breakpoint
CREATE TRIGGER deletion_requests_never_go BEFORE DELETE ON deletion_requests
FOR EACH ROW 
EXECUTE FUNCTION refuse('a request is never deleted');
--> statement-breakpoint
CREATE TRIGGER deletion_requests_are_answered_once BEFORE UPDATE ON deletion_requests
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason OR NEW.proposed_by <> OLD.proposed_by)
EXECUTE FUNCTION refuse('a request stays as it came, and is answered once');

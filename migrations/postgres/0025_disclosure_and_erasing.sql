CREATE TABLE "disclosure_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"received_on" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"identity_check" text collate "C" NOT NULL,
	"proposed_by" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decided_by" text collate "C",
	"decided_at" text collate "C",
	"withheld" json NOT NULL,
	"answer" text collate "C" NOT NULL,
	CONSTRAINT "nobody_discloses_alone" CHECK ("disclosure_requests"."decided_by" <> "disclosure_requests"."proposed_by"),
	CONSTRAINT "disclosure_decided" CHECK (("disclosure_requests"."state" = 'open') = ("disclosure_requests"."decided_by" is null))
);
--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "erased" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_disclosure_a_sender" ON "disclosure_requests" USING btree ("sender_id") WHERE "disclosure_requests"."state" = 'open';
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_never_go BEFORE DELETE ON disclosure_requests
FOR EACH ROW 
EXECUTE FUNCTION refuse('a request is never deleted');
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_are_answered_once BEFORE UPDATE ON disclosure_requests
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason
  OR NEW.identity_check <> OLD.identity_check OR NEW.proposed_by <> OLD.proposed_by)
EXECUTE FUNCTION refuse('a request stays as it came, and is answered once');
--> statement-breakpoint
-- Nothing leaves for a person whose request was not answered with it by two people.
CREATE FUNCTION disclosure_is_given(request text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM disclosure_requests WHERE id = request AND state IN ('disclosed', 'partly'))
$$;
--> statement-breakpoint
CREATE TRIGGER data_is_disclosed_on_an_answered_request BEFORE INSERT ON events
FOR EACH ROW WHEN (NEW.kind = 'data_disclosed' AND NOT disclosure_is_given(NEW.content::jsonb ->> 'requestId'))
EXECUTE FUNCTION refuse('data is disclosed where two people have answered the request so');
--> statement-breakpoint
UPDATE threads SET erased = true WHERE erased_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages
  WHERE thread_id = threads.id AND erased_at IS NULL AND nature NOT IN ('bounce', 'report'));
--> statement-breakpoint
-- What the domain refuses of erasing, the database refuses too: a row is emptied where an erasure of
-- its own sender names it in one of its lists.
CREATE FUNCTION sender_erasure_names(sender text, list text, id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM events WHERE sender_id = sender AND kind = 'sender_erased'
    AND (content::jsonb -> list) @> jsonb_build_array(id))
$$;
--> statement-breakpoint
CREATE FUNCTION picture_is_erased(incident text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM incidents WHERE incidents.id = incident
    AND sender_erasure_names(incidents.sender_id, 'incidents', incident))
$$;
--> statement-breakpoint
CREATE FUNCTION answer_is_erased(measure text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM measures WHERE measures.id = measure
    AND sender_erasure_names(measures.sender_id, 'answers', measure))
$$;
--> statement-breakpoint
DROP TRIGGER sender_notes_never_change ON sender_notes;
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_change BEFORE UPDATE ON sender_notes
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id
  OR NEW.author <> OLD.author OR NEW.at <> OLD.at OR NEW.text_sha256 <> OLD.text_sha256
  OR NEW.corrects IS DISTINCT FROM OLD.corrects OR NEW.text <> ''
  OR NOT sender_erasure_names(OLD.sender_id, 'notes', OLD.id))
EXECUTE FUNCTION refuse('a note never changes: a further one puts it right, or an erasure that names it empties it');
--> statement-breakpoint
DROP TRIGGER incidents_keep_their_facts ON incidents;
--> statement-breakpoint
CREATE TRIGGER incidents_keep_their_facts BEFORE UPDATE ON incidents
FOR EACH ROW WHEN (NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id OR NEW.kind <> OLD.kind
  OR NEW.occurred_at <> OLD.occurred_at OR NEW.content_sha256 <> OLD.content_sha256
  OR NEW.recorded_by <> OLD.recorded_by OR NEW.minutes IS DISTINCT FROM OLD.minutes
  OR NEW.taken_by IS DISTINCT FROM OLD.taken_by OR NEW.picture_sha256 IS DISTINCT FROM OLD.picture_sha256
  OR ((NEW.account <> OLD.account OR NEW.recording <> OLD.recording OR NEW.post_url <> OLD.post_url)
    AND NOT (NEW.account = '' AND NEW.recording = '' AND NEW.post_url = ''
      AND sender_erasure_names(OLD.sender_id, 'incidents', OLD.id))))
EXECUTE FUNCTION refuse('what was recorded of an incident never changes, but is erased by an event that names it');
--> statement-breakpoint
DROP TRIGGER incident_pictures_never_change ON incident_pictures;
--> statement-breakpoint
CREATE TRIGGER incident_pictures_never_change BEFORE UPDATE ON incident_pictures
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.incident_id <> OLD.incident_id OR NEW.sha256 <> OLD.sha256
  OR NEW.content_type <> OLD.content_type OR NEW.size <> OLD.size OR length(NEW.bytes) > 0
  OR NOT picture_is_erased(OLD.incident_id))
EXECUTE FUNCTION refuse('a picture never changes, but is erased by an event that names its incident');
--> statement-breakpoint
DROP TRIGGER measure_terms_keep_what_was_confirmed ON measure_terms;
--> statement-breakpoint
CREATE TRIGGER measure_terms_keep_what_was_confirmed BEFORE UPDATE ON measure_terms
FOR EACH ROW WHEN (NEW.scope <> OLD.scope OR NEW.mailbox_id IS DISTINCT FROM OLD.mailbox_id
  OR NEW.open_topics::text <> OLD.open_topics::text
  OR NEW.answer_days IS DISTINCT FROM OLD.answer_days OR NEW.renews IS DISTINCT FROM OLD.renews
  OR (OLD.answer_sha256 IS NOT NULL AND (NEW.answer_sha256 IS DISTINCT FROM OLD.answer_sha256
    OR ((NEW.answer_body IS DISTINCT FROM OLD.answer_body OR NEW.answer_subject IS DISTINCT FROM OLD.answer_subject)
      AND NOT (NEW.answer_body = '' AND NEW.answer_subject = '' AND answer_is_erased(OLD.measure_id))))))
EXECUTE FUNCTION refuse('the terms of a suspension never change, but for an answer that an erasure names');
--> statement-breakpoint
CREATE FUNCTION sender_is_held(sender text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM holds WHERE lifted_at IS NULL
    AND CASE what WHEN 'thread' THEN (SELECT sender_id FROM threads WHERE id = thing_id) ELSE thing_id END
      IN (SELECT sender UNION SELECT other.sender_id FROM sender_members AS own
        JOIN sender_members AS other ON other.head = own.head WHERE own.sender_id = sender))
$$;
--> statement-breakpoint
CREATE TRIGGER who_is_held_is_never_erased BEFORE INSERT ON events
FOR EACH ROW WHEN (NEW.kind = 'sender_erased' AND sender_is_held(NEW.sender_id))
EXECUTE FUNCTION refuse('what is held is never erased');

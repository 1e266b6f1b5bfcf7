CREATE TABLE "incident_decisions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"incident_id" text collate "C" NOT NULL,
	"how" text collate "C" NOT NULL,
	"outcome" text collate "C" NOT NULL,
	"needs_reply" boolean NOT NULL,
	"categories" json NOT NULL,
	"severity" bigint NOT NULL,
	"first_reviewer" text collate "C" NOT NULL,
	"second_reviewer" text collate "C" NOT NULL,
	"settled_by" text collate "C",
	"reason" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "incident_decisions_incidentId_unique" UNIQUE("incident_id"),
	CONSTRAINT "two_reviewers_of_an_incident" CHECK ("incident_decisions"."first_reviewer" <> "incident_decisions"."second_reviewer"),
	CONSTRAINT "no_settler_among_the_reviewers" CHECK ("incident_decisions"."settled_by" is null or "incident_decisions"."settled_by" not in ("incident_decisions"."first_reviewer", "incident_decisions"."second_reviewer")),
	CONSTRAINT "incident_settled_by_somebody" CHECK (("incident_decisions"."how" = 'settled') = ("incident_decisions"."settled_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "incident_pictures" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"incident_id" text collate "C" NOT NULL,
	"sha256" text collate "C" NOT NULL,
	"content_type" text collate "C" NOT NULL,
	"size" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "incident_pictures_incidentId_unique" UNIQUE("incident_id")
);
--> statement-breakpoint
CREATE TABLE "incident_reviews" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"incident_id" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"reviewer" text collate "C" NOT NULL,
	"verdict" json NOT NULL,
	"demand" text collate "C" NOT NULL,
	"fair_request" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_review_a_person_and_incident" UNIQUE("incident_id","reviewer"),
	CONSTRAINT "one_incident_review_a_place" UNIQUE("incident_id","place"),
	CONSTRAINT "two_incident_reviews_at_most" CHECK ("incident_reviews"."place" in (1, 2))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"mailbox_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"occurred_at" text collate "C" NOT NULL,
	"minutes" bigint,
	"taken_by" text collate "C",
	"recorded_by" text collate "C" NOT NULL,
	"recorded_at" text collate "C" NOT NULL,
	"account" text collate "C" NOT NULL,
	"recording" text collate "C" NOT NULL,
	"post_url" text collate "C" NOT NULL,
	"content_sha256" text collate "C" NOT NULL,
	"picture_sha256" text collate "C",
	"state" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "only_calls_have_a_length" CHECK (("incidents"."kind" = 'phone') = ("incidents"."minutes" is not null))
);
--> statement-breakpoint
CREATE TABLE "sender_joins" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"first" text collate "C" NOT NULL,
	"second" text collate "C" NOT NULL,
	"reasons" json NOT NULL,
	"reason" text collate "C" NOT NULL,
	"proposer" text collate "C",
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decider" text collate "C",
	"decided_at" text collate "C",
	"decision" text collate "C" NOT NULL,
	"separated_by" text collate "C",
	"separated_at" text collate "C",
	"separation" text collate "C" NOT NULL,
	CONSTRAINT "a_pair_in_order" CHECK ("sender_joins"."first" < "sender_joins"."second"),
	CONSTRAINT "nobody_joins_alone" CHECK ("sender_joins"."state" not in ('joined', 'separated') or ("sender_joins"."proposer" is not null and "sender_joins"."decider" is not null and "sender_joins"."decider" <> "sender_joins"."proposer")),
	CONSTRAINT "separated_by_somebody" CHECK (("sender_joins"."state" = 'separated') = ("sender_joins"."separated_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "sender_labels" (
	"sender_id" text collate "C" PRIMARY KEY NOT NULL,
	"label" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sender_members" (
	"sender_id" text collate "C" PRIMARY KEY NOT NULL,
	"head" text collate "C" NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sender_notes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"mailbox_id" text collate "C" NOT NULL,
	"author" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"text_sha256" text collate "C" NOT NULL,
	"corrects" text collate "C"
);
--> statement-breakpoint
ALTER TABLE "incident_pictures" ADD CONSTRAINT "incident_pictures_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incidents_by_sender" ON "incidents" USING btree ("sender_id","occurred_at");--> statement-breakpoint
CREATE INDEX "incidents_by_state" ON "incidents" USING btree ("state","recorded_at");--> statement-breakpoint
CREATE INDEX "sender_joins_by_first" ON "sender_joins" USING btree ("first");--> statement-breakpoint
CREATE INDEX "sender_joins_by_second" ON "sender_joins" USING btree ("second");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_join_a_pair" ON "sender_joins" USING btree ("first","second") WHERE "sender_joins"."state" in ('proposed', 'joined');--> statement-breakpoint
CREATE INDEX "sender_members_by_head" ON "sender_members" USING btree ("head");--> statement-breakpoint
CREATE INDEX "sender_notes_by_sender" ON "sender_notes" USING btree ("sender_id");
--> statement-breakpoint
-- by hand
-- What the domain refuses the database refuses too.
CREATE TRIGGER incident_reviews_never_change BEFORE UPDATE ON incident_reviews
FOR EACH ROW EXECUTE FUNCTION refuse('a review never changes');
--> statement-breakpoint
CREATE TRIGGER incident_reviews_never_go BEFORE DELETE ON incident_reviews
FOR EACH ROW EXECUTE FUNCTION refuse('a review is never deleted');
--> statement-breakpoint
CREATE TRIGGER incident_decisions_never_change BEFORE UPDATE ON incident_decisions
FOR EACH ROW EXECUTE FUNCTION refuse('a decision never changes');
--> statement-breakpoint
CREATE TRIGGER incident_decisions_never_go BEFORE DELETE ON incident_decisions
FOR EACH ROW EXECUTE FUNCTION refuse('a decision is never deleted');
--> statement-breakpoint
CREATE TRIGGER incidents_never_go BEFORE DELETE ON incidents
FOR EACH ROW EXECUTE FUNCTION refuse('an incident is never deleted');
--> statement-breakpoint
CREATE TRIGGER incident_pictures_never_change BEFORE UPDATE ON incident_pictures
FOR EACH ROW EXECUTE FUNCTION refuse('a picture never changes');
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_change BEFORE UPDATE ON sender_notes
FOR EACH ROW EXECUTE FUNCTION refuse('a note never changes: a further one puts it right');
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_go BEFORE DELETE ON sender_notes
FOR EACH ROW EXECUTE FUNCTION refuse('a note is never deleted');
--> statement-breakpoint
CREATE TRIGGER sender_joins_never_go BEFORE DELETE ON sender_joins
FOR EACH ROW EXECUTE FUNCTION refuse('what was said of two senders is never deleted');
--> statement-breakpoint
CREATE TRIGGER incidents_keep_their_facts BEFORE UPDATE ON incidents
FOR EACH ROW WHEN (NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id OR NEW.kind <> OLD.kind OR NEW.occurred_at <> OLD.occurred_at OR NEW.account <> OLD.account OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.recorded_by <> OLD.recorded_by
  OR NEW.minutes IS DISTINCT FROM OLD.minutes
  OR NEW.taken_by IS DISTINCT FROM OLD.taken_by
  OR NEW.picture_sha256 IS DISTINCT FROM OLD.picture_sha256)
EXECUTE FUNCTION refuse('what was recorded of an incident never changes');
--> statement-breakpoint
CREATE TRIGGER sender_joins_keep_their_people BEFORE UPDATE ON sender_joins
FOR EACH ROW WHEN (NEW.first <> OLD.first OR NEW.second <> OLD.second
  OR NEW.proposer IS DISTINCT FROM OLD.proposer
  OR OLD.state IN ('declined', 'separated') OR (OLD.state = 'joined' AND NEW.state <> 'separated')
  OR (OLD.state = 'joined' AND NEW.decider <> OLD.decider))
EXECUTE FUNCTION refuse('who said what of two senders never changes');
--> statement-breakpoint
CREATE FUNCTION incident_decisions_rest_on_two_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM incident_reviews WHERE incident_id = NEW.incident_id
    AND place = 1 AND reviewer = NEW.first_reviewer)
  OR NOT EXISTS (SELECT 1 FROM incident_reviews WHERE incident_id = NEW.incident_id
    AND place = 2 AND reviewer = NEW.second_reviewer) THEN
    RAISE EXCEPTION 'a decision rests on two reviews by its two reviewers';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_decisions_rest_on_two_reviews BEFORE INSERT ON incident_decisions
FOR EACH ROW EXECUTE FUNCTION incident_decisions_rest_on_two_reviews();
--> statement-breakpoint
CREATE FUNCTION incident_reviews_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM incidents WHERE id = NEW.incident_id AND (taken_by IS NULL OR taken_by <> NEW.reviewer)) THEN
    RAISE EXCEPTION 'whom an incident hit does not judge it';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_reviews_by_others BEFORE INSERT ON incident_reviews
FOR EACH ROW EXECUTE FUNCTION incident_reviews_by_others();
--> statement-breakpoint
CREATE FUNCTION letters_no_reply_to_a_joined_muted_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM threads
  JOIN sender_members AS own ON own.sender_id = threads.sender_id
  JOIN sender_members AS other ON other.head = own.head
  JOIN measures ON measures.sender_id = other.sender_id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until) THEN
    RAISE EXCEPTION 'no reply leaves to a muted sender';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER letters_no_reply_to_a_joined_muted_sender BEFORE UPDATE OF state ON letters
FOR EACH ROW EXECUTE FUNCTION letters_no_reply_to_a_joined_muted_sender();

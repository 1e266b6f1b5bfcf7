CREATE TABLE "absences" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"since" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "automatic_assignments" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"since" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mentions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"note_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"read_at" text collate "C",
	CONSTRAINT "one_mention_a_person_and_note" UNIQUE("note_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"author" text collate "C" NOT NULL,
	"body" text collate "C" NOT NULL,
	"mentions" json NOT NULL,
	"at" text collate "C" NOT NULL,
	"withdrawn_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "presences" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"doing" text collate "C" NOT NULL,
	"until" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "letter_id" text collate "C";--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "assignee" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "assignment" json;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "snoozed_until" text collate "C";--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "snoozed_by" text collate "C";--> statement-breakpoint
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_note_id_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mentions_by_person" ON "mentions" USING btree ("person_id","read_at","at");--> statement-breakpoint
CREATE INDEX "notes_by_thread" ON "notes" USING btree ("thread_id","at");--> statement-breakpoint
CREATE INDEX "presences_by_thread" ON "presences" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "presences_by_end" ON "presences" USING btree ("until");--> statement-breakpoint
CREATE INDEX "threads_by_assignee" ON "threads" USING btree ("assignee","rank","waiting_since");--> statement-breakpoint
CREATE INDEX "threads_snoozed" ON "threads" USING btree ("snoozed_until") WHERE "threads"."snoozed_until" is not null;
--> statement-breakpoint
-- by hand
DROP TRIGGER reviews_never_go ON reviews;
--> statement-breakpoint
CREATE FUNCTION reviews_go_only_by_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.place <> 1
  OR EXISTS (SELECT 1 FROM reviews WHERE thread_id = OLD.thread_id
    AND revision = OLD.revision AND place = 2)
  OR EXISTS (SELECT 1 FROM decisions WHERE thread_id = OLD.thread_id AND revision = OLD.revision)
  OR NOT EXISTS (SELECT 1 FROM events WHERE thread_id = OLD.thread_id
    AND kind = 'review_withdrawn' AND "by" = OLD.reviewer
    AND content::json ->> 'reviewId' = OLD.id) THEN
    RAISE EXCEPTION 'a review is never deleted, but withdrawn by its author before a second one';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
CREATE TRIGGER reviews_go_only_by_withdrawal BEFORE DELETE ON reviews
FOR EACH ROW EXECUTE FUNCTION reviews_go_only_by_withdrawal();
--> statement-breakpoint
CREATE TRIGGER threads_are_not_given_to_who_is_attacked BEFORE UPDATE ON threads
FOR EACH ROW WHEN (NEW.assignee <> '' AND jsonb_exists(NEW.targets::jsonb, NEW.assignee))
EXECUTE FUNCTION refuse('a thread is not given to somebody whom it attacks');
--> statement-breakpoint
CREATE TRIGGER notes_never_change BEFORE UPDATE ON notes
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.thread_id <> OLD.thread_id OR NEW.author <> OLD.author
  OR NEW.body <> OLD.body OR NEW.mentions::text <> OLD.mentions::text OR NEW.at <> OLD.at
  OR OLD.withdrawn_at IS NOT NULL)
EXECUTE FUNCTION refuse('a note never changes: it is withdrawn once');
--> statement-breakpoint
CREATE TRIGGER notes_never_go BEFORE DELETE ON notes
FOR EACH ROW EXECUTE FUNCTION refuse('a note is never deleted');
--> statement-breakpoint
-- Mail of machines that one person has filed away waits for the second one.
UPDATE threads SET state = 'filed_second' WHERE state = 'filed' AND EXISTS (
  SELECT 1 FROM reviews WHERE reviews.thread_id = threads.id AND reviews.revision = threads.revision);

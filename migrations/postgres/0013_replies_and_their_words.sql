CREATE TABLE "drafts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"words" json NOT NULL,
	"saved_at" text collate "C" NOT NULL,
	CONSTRAINT "one_draft_a_person_and_form" UNIQUE("person_id","thread_id","kind")
);
--> statement-breakpoint
CREATE TABLE "letter_versions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"letter_id" text collate "C" NOT NULL,
	"author" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"words" json NOT NULL,
	"content_sha256" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signatures" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"content" text collate "C" NOT NULL,
	"content_sha256" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"by" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snippets" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"mailbox_id" text collate "C",
	"title" text collate "C" NOT NULL,
	"content" text collate "C" NOT NULL,
	"content_sha256" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	"by" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"letter_id" text collate "C",
	"filename" text collate "C" NOT NULL,
	"content_type" text collate "C" NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text collate "C" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" text collate "C" NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "uploads_within_limits" CHECK ("uploads"."size" between 1 and 5242880)
);
--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "formatted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "files" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
CREATE INDEX "letter_versions_by_letter" ON "letter_versions" USING btree ("letter_id","id");--> statement-breakpoint
CREATE INDEX "uploads_by_thread" ON "uploads" USING btree ("thread_id","person_id");
--> statement-breakpoint
-- by hand
CREATE TRIGGER letter_versions_stay_as_they_are BEFORE UPDATE ON letter_versions
FOR EACH ROW EXECUTE FUNCTION refuse('a version of a letter stays as it is');
--> statement-breakpoint
CREATE TRIGGER letters_keep_what_was_approved BEFORE UPDATE ON letters
FOR EACH ROW WHEN (OLD.state IN ('queued', 'sending', 'uncertain')
  AND (NEW.subject <> OLD.subject OR NEW.body <> OLD.body OR NEW.to_address <> OLD.to_address
    OR NEW.from_address <> OLD.from_address OR NEW.formatted <> OLD.formatted
    OR NEW.files::text <> OLD.files::text OR NEW.content_sha256 <> OLD.content_sha256))
EXECUTE FUNCTION refuse('what was approved is what is sent');
--> statement-breakpoint
CREATE TRIGGER uploads_keep_their_bytes BEFORE UPDATE ON uploads
FOR EACH ROW WHEN (NEW.sha256 <> OLD.sha256 OR NEW.bytes <> OLD.bytes OR NEW.filename <> OLD.filename
  OR NEW.size <> OLD.size OR NEW.content_type <> OLD.content_type OR NEW.person_id <> OLD.person_id)
EXECUTE FUNCTION refuse('a file stays as it was put in');

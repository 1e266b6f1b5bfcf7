CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`words` text NOT NULL,
	`saved_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_draft_a_person_and_form` ON `drafts` (`person_id`,`thread_id`,`kind`);--> statement-breakpoint
CREATE TABLE `letter_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`letter_id` text NOT NULL,
	`author` text NOT NULL,
	`at` text NOT NULL,
	`words` text NOT NULL,
	`content_sha256` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `letter_versions_by_letter` ON `letter_versions` (`letter_id`,`id`);--> statement-breakpoint
CREATE TABLE `signatures` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`content_sha256` text NOT NULL,
	`version` integer NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `snippets` (
	`id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text,
	`title` text NOT NULL,
	`content` text NOT NULL,
	`content_sha256` text NOT NULL,
	`version` integer NOT NULL,
	`removed` integer DEFAULT false NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`person_id` text NOT NULL,
	`letter_id` text,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	`at` text NOT NULL,
	`removed` integer DEFAULT false NOT NULL,
	CONSTRAINT "uploads_within_limits" CHECK("uploads"."size" between 1 and 5242880)
);
--> statement-breakpoint
CREATE INDEX `uploads_by_thread` ON `uploads` (`thread_id`,`person_id`);--> statement-breakpoint
ALTER TABLE `letters` ADD `formatted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `letters` ADD `files` text DEFAULT '[]' NOT NULL;
--> statement-breakpoint
-- by hand
CREATE TRIGGER letter_versions_stay_as_they_are BEFORE UPDATE ON letter_versions
BEGIN SELECT RAISE(ABORT, 'a version of a letter stays as it is'); END;
--> statement-breakpoint
CREATE TRIGGER letters_keep_what_was_approved BEFORE UPDATE ON letters
WHEN OLD.state IN ('queued', 'sending', 'uncertain')
  AND (NEW.subject <> OLD.subject OR NEW.body <> OLD.body OR NEW.to_address <> OLD.to_address
    OR NEW.from_address <> OLD.from_address OR NEW.formatted <> OLD.formatted
    OR NEW.files <> OLD.files OR NEW.content_sha256 <> OLD.content_sha256)
BEGIN SELECT RAISE(ABORT, 'what was approved is what is sent'); END;
--> statement-breakpoint
CREATE TRIGGER uploads_keep_their_bytes BEFORE UPDATE ON uploads
WHEN NEW.sha256 <> OLD.sha256 OR NEW.bytes <> OLD.bytes OR NEW.filename <> OLD.filename
  OR NEW.size <> OLD.size OR NEW.content_type <> OLD.content_type OR NEW.person_id <> OLD.person_id
BEGIN SELECT RAISE(ABORT, 'a file stays as it was put in'); END;

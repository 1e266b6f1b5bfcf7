CREATE TABLE `absences` (
	`id` text PRIMARY KEY NOT NULL,
	`since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `automatic_assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mentions` (
	`id` text PRIMARY KEY NOT NULL,
	`note_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` text NOT NULL,
	`read_at` text,
	FOREIGN KEY (`note_id`) REFERENCES `notes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mentions_by_person` ON `mentions` (`person_id`,`read_at`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_mention_a_person_and_note` ON `mentions` (`note_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `notes` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`mentions` text NOT NULL,
	`at` text NOT NULL,
	`withdrawn_at` text
);
--> statement-breakpoint
CREATE INDEX `notes_by_thread` ON `notes` (`thread_id`,`at`);--> statement-breakpoint
CREATE TABLE `presences` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`person_id` text NOT NULL,
	`doing` text NOT NULL,
	`until` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `presences_by_thread` ON `presences` (`thread_id`);--> statement-breakpoint
CREATE INDEX `presences_by_end` ON `presences` (`until`);--> statement-breakpoint
ALTER TABLE `reviews` ADD `letter_id` text;--> statement-breakpoint
ALTER TABLE `threads` ADD `assignee` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `threads` ADD `assignment` text;--> statement-breakpoint
ALTER TABLE `threads` ADD `snoozed_until` text;--> statement-breakpoint
ALTER TABLE `threads` ADD `snoozed_by` text;--> statement-breakpoint
CREATE INDEX `threads_by_assignee` ON `threads` (`assignee`,`rank`,`waiting_since`);--> statement-breakpoint
CREATE INDEX `threads_snoozed` ON `threads` (`snoozed_until`) WHERE "threads"."snoozed_until" is not null;
--> statement-breakpoint
-- by hand
DROP TRIGGER reviews_never_go;
--> statement-breakpoint
CREATE TRIGGER reviews_go_only_by_withdrawal BEFORE DELETE ON reviews
WHEN OLD.place <> 1
  OR EXISTS (SELECT 1 FROM reviews WHERE thread_id = OLD.thread_id
    AND revision = OLD.revision AND place = 2)
  OR EXISTS (SELECT 1 FROM decisions WHERE thread_id = OLD.thread_id AND revision = OLD.revision)
  OR NOT EXISTS (SELECT 1 FROM events WHERE thread_id = OLD.thread_id
    AND kind = 'review_withdrawn' AND "by" = OLD.reviewer
    AND json_extract(content, '$.reviewId') = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a review is never deleted, but withdrawn by its author before a second one'); END;
--> statement-breakpoint
CREATE TRIGGER threads_are_not_given_to_who_is_attacked BEFORE UPDATE ON threads
WHEN NEW.assignee <> '' AND EXISTS (SELECT 1 FROM json_each(NEW.targets) WHERE value = NEW.assignee)
BEGIN SELECT RAISE(ABORT, 'a thread is not given to somebody whom it attacks'); END;
--> statement-breakpoint
CREATE TRIGGER notes_never_change BEFORE UPDATE ON notes
WHEN NEW.id <> OLD.id OR NEW.thread_id <> OLD.thread_id OR NEW.author <> OLD.author
  OR NEW.body <> OLD.body OR NEW.mentions <> OLD.mentions OR NEW.at <> OLD.at
  OR OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a note never changes: it is withdrawn once'); END;
--> statement-breakpoint
CREATE TRIGGER notes_never_go BEFORE DELETE ON notes
BEGIN SELECT RAISE(ABORT, 'a note is never deleted'); END;
--> statement-breakpoint
-- Mail of machines that one person has filed away waits for the second one.
UPDATE threads SET state = 'filed_second' WHERE state = 'filed' AND EXISTS (
  SELECT 1 FROM reviews WHERE reviews.thread_id = threads.id AND reviews.revision = threads.revision);

CREATE TABLE `outgoing` (
	`id` text PRIMARY KEY NOT NULL,
	`raw_sha256` text NOT NULL,
	`copy` text DEFAULT 'due' NOT NULL,
	`copy_attempts` integer DEFAULT 0 NOT NULL,
	`copy_at` text NOT NULL,
	`copy_trouble` text DEFAULT '' NOT NULL,
	`looks` integer DEFAULT 0 NOT NULL,
	`look_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outgoing_copies` ON `outgoing` (`copy`,`copy_at`);--> statement-breakpoint
ALTER TABLE `letters` ADD `handed_over` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `sent_copies` text DEFAULT '{"kind":"none"}' NOT NULL;--> statement-breakpoint
-- From before it was noted when the end of a mail goes out: any attempt may have got there.
UPDATE letters SET handed_over = 1 WHERE attempts > 0;--> statement-breakpoint
CREATE TRIGGER outgoing_keeps_its_bytes BEFORE UPDATE OF raw_sha256 ON outgoing
BEGIN SELECT RAISE(ABORT, 'the bytes of a letter are made once'); END;

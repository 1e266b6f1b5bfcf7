CREATE TABLE `folders` (
	`id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text NOT NULL,
	`name` text NOT NULL,
	`watched` integer NOT NULL,
	`uid_validity` text,
	`uid` integer NOT NULL,
	`mod_seq` text,
	`remaining` integer NOT NULL,
	`first_synced_at` text,
	`last_contact_at` text,
	`lag_seconds` integer,
	`trouble` text,
	FOREIGN KEY (`mailbox_id`) REFERENCES `mailboxes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `folders_once_a_mailbox` ON `folders` (`mailbox_id`,`name`);--> statement-breakpoint
-- Every mailbox had one folder so far: its place in it goes along.
INSERT INTO folders (id, mailbox_id, name, watched, uid_validity, uid, remaining, first_synced_at, last_contact_at)
SELECT id, id, folder, 1, uid_validity, uid, 0,
  CASE WHEN uid_validity IS NULL THEN NULL ELSE last_contact_at END, last_contact_at FROM mailboxes;
--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `from_name` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `account` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `secret` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `after_storing` text DEFAULT '{"kind":"leave"}' NOT NULL;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `paused_at` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `mailboxes` DROP COLUMN `folder`;--> statement-breakpoint
ALTER TABLE `mailboxes` DROP COLUMN `uid_validity`;--> statement-breakpoint
ALTER TABLE `mailboxes` DROP COLUMN `uid`;--> statement-breakpoint
ALTER TABLE `mailboxes` DROP COLUMN `last_contact_at`;--> statement-breakpoint
ALTER TABLE `mailboxes` DROP COLUMN `trouble`;
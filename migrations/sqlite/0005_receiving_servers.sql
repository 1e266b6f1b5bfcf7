CREATE TABLE `trusted_servers` (
	`id` text PRIMARY KEY NOT NULL,
	`accepted_by` text NOT NULL,
	`accepted_at` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `ground` text;
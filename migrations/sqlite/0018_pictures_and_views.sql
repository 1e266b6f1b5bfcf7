CREATE TABLE `picture_senders` (
	`sender_id` text PRIMARY KEY NOT NULL,
	`allowed_by` text NOT NULL,
	`allowed_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_view_a_name` ON `saved_views` (`person_id`,`name`);
ALTER TABLE `attachments` ADD `inline` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `header` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `protection` text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `enclosures` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `reader` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_unreadable` ON `messages` (`reader`) WHERE "messages"."unreadable" is not null;
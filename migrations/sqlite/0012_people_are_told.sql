CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`thread_id` text,
	`mailbox_id` text,
	`path` text NOT NULL,
	`severity` integer NOT NULL,
	`categories` text NOT NULL,
	`source` text NOT NULL,
	`at` text NOT NULL,
	`read_at` text,
	`mail_at` text
);
--> statement-breakpoint
CREATE INDEX `notifications_by_person` ON `notifications` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`person_id`,`read_at`);--> statement-breakpoint
CREATE INDEX `notifications_to_mail` ON `notifications` (`mail_at`);--> statement-breakpoint
CREATE INDEX `notifications_by_source` ON `notifications` (`source`);--> statement-breakpoint
CREATE INDEX `notifications_by_path` ON `notifications` (`path`);--> statement-breakpoint
CREATE UNIQUE INDEX `told_once` ON `notifications` (`person_id`,`kind`,`source`);--> statement-breakpoint
CREATE TABLE `told_desk` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`late_to` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `told_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`choices` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`kind` text NOT NULL,
	`mailbox_id` text,
	`path` text NOT NULL,
	`severity` integer NOT NULL,
	`categories` text NOT NULL,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`status` integer,
	`trouble` text,
	`made_at` text NOT NULL,
	`next_attempt_at` text,
	`ended_at` text,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "who_waits_has_a_time" CHECK(("webhook_deliveries"."state" = 'waiting') = ("webhook_deliveries"."next_attempt_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_source` ON `webhook_deliveries` (`source`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_path` ON `webhook_deliveries` (`path`);--> statement-breakpoint
CREATE UNIQUE INDEX `posted_once` ON `webhook_deliveries` (`webhook_id`,`kind`,`source`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text,
	`name` text NOT NULL,
	`format` text NOT NULL,
	`host` text NOT NULL,
	`secret` text NOT NULL,
	`language` text NOT NULL,
	`kinds` text NOT NULL,
	`mailboxes` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`paused_at` text,
	`created_at` text NOT NULL,
	`removed_at` text,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_own_webhook_a_person` ON `webhooks` (`owner_id`) WHERE "webhooks"."removed_at" is null and "webhooks"."owner_id" is not null;
--> statement-breakpoint
-- by hand
CREATE TRIGGER webhook_deliveries_end_once BEFORE UPDATE ON webhook_deliveries
WHEN OLD.state <> 'waiting' OR NEW.id <> OLD.id OR NEW.webhook_id <> OLD.webhook_id
  OR NEW.attempts < OLD.attempts
BEGIN SELECT RAISE(ABORT, 'a delivery ends once'); END;

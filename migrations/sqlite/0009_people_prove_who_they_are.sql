CREATE TABLE `external_ids` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`linked_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `external_ids_by_person` ON `external_ids` (`person_id`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`roles` text NOT NULL,
	`within` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`effective_at` text,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	CONSTRAINT "grants_need_another_person" CHECK("grants"."proposed_by" <> "grants"."person_id" and ("grants"."state" <> 'in_force' or "grants"."decided_by" is null
          or ("grants"."decided_by" <> "grants"."proposed_by" and "grants"."decided_by" <> "grants"."person_id")))
);
--> statement-breakpoint
CREATE INDEX `grants_by_state` ON `grants` (`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_waiting_grant_a_person` ON `grants` (`person_id`) WHERE "grants"."state" = 'waiting';--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`by` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text
);
--> statement-breakpoint
CREATE INDEX `invitations_by_person` ON `invitations` (`person_id`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`created_at` text NOT NULL,
	`last_used_at` text
);
--> statement-breakpoint
CREATE INDEX `passkeys_by_person` ON `passkeys` (`person_id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`used_at` text
);
--> statement-breakpoint
CREATE INDEX `recovery_codes_by_person` ON `recovery_codes` (`person_id`);--> statement-breakpoint
CREATE TABLE `staff_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`to_address` text NOT NULL,
	`content` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `totps` (
	`person_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`confirmed_at` text,
	`last_step` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE `people` ADD `within` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_seen_at` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `stage` text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `way` text DEFAULT 'password' NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);--> statement-breakpoint
ALTER TABLE `threads` ADD `targets` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- What is good for once is good for once.
CREATE TRIGGER recovery_codes_used_once BEFORE UPDATE ON recovery_codes WHEN OLD.used_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a recovery code is used once'); END;
--> statement-breakpoint
CREATE TRIGGER invitations_used_once BEFORE UPDATE ON invitations WHEN OLD.used_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an invitation is used once'); END;
--> statement-breakpoint
CREATE TRIGGER totps_go_forward BEFORE UPDATE OF last_step ON totps
WHEN NEW.secret = OLD.secret AND NEW.last_step <= OLD.last_step
BEGIN SELECT RAISE(ABORT, 'a one-time code is used once'); END;
--> statement-breakpoint
CREATE TRIGGER grants_settled_once BEFORE UPDATE ON grants WHEN OLD.state <> 'waiting'
BEGIN SELECT RAISE(ABORT, 'roles that were granted or refused are not decided again'); END;

CREATE TABLE `drill_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_id` text NOT NULL,
	`place` integer NOT NULL,
	`thread_id` text,
	`decision_id` text,
	`code` text,
	`state` text NOT NULL,
	`answer` text,
	`expected` text,
	`answered_at` text,
	FOREIGN KEY (`drill_id`) REFERENCES `drills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "a_drill_case_is_mail_or_our_own" CHECK(("drill_cases"."code" is null) = ("drill_cases"."thread_id" is not null and "drill_cases"."decision_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_drill_case_a_place` ON `drill_cases` (`drill_id`,`place`);--> statement-breakpoint
CREATE TABLE `drills` (
	`id` text PRIMARY KEY NOT NULL,
	`pack` text NOT NULL,
	`person_id` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`policy_version` text NOT NULL,
	`cases` integer NOT NULL,
	`passed` integer NOT NULL,
	`answered` integer NOT NULL,
	`agreed` integer NOT NULL,
	`exact` integer NOT NULL,
	`state` text NOT NULL,
	`ended_at` text
);
--> statement-breakpoint
CREATE INDEX `drills_by_person` ON `drills` (`person_id`,`started_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_drill_a_pack` ON `drills` (`person_id`,`pack`) WHERE "drills"."state" = 'open';--> statement-breakpoint
CREATE TABLE `trainings` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`held_on` text NOT NULL,
	`person_ids` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	`withdrawn_at` text
);
--> statement-breakpoint
CREATE INDEX `decisions_by_time` ON `decisions` (`at`,`id`);--> statement-breakpoint
-- By hand: what was answered stays as it was, and records of training are kept.
CREATE TRIGGER drill_answers_never_change BEFORE UPDATE ON drill_cases
WHEN OLD.state <> 'open' OR NEW.thread_id IS NOT OLD.thread_id OR NEW.code IS NOT OLD.code
BEGIN SELECT RAISE(ABORT, 'an answer of a drill never changes'); END;
--> statement-breakpoint
CREATE TRIGGER drills_never_go BEFORE DELETE ON drills
BEGIN SELECT RAISE(ABORT, 'a drill is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER trainings_never_go BEFORE DELETE ON trainings
BEGIN SELECT RAISE(ABORT, 'a training on record is never deleted'); END;

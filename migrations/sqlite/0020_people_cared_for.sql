CREATE TABLE `care_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`task_id` text NOT NULL,
	`author` text NOT NULL,
	`words` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `care_tasks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `care_notes_by_task` ON `care_notes` (`task_id`);--> statement-breakpoint
CREATE TABLE `care_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`why` text NOT NULL,
	`person_id` text NOT NULL,
	`assignee` text,
	`made_at` text NOT NULL,
	`due_on` text NOT NULL,
	`state` text NOT NULL,
	`ended_at` text,
	CONSTRAINT "nobody_cares_for_themselves" CHECK("care_tasks"."assignee" is null or "care_tasks"."assignee" <> "care_tasks"."person_id")
);
--> statement-breakpoint
CREATE INDEX `care_tasks_by_assignee` ON `care_tasks` (`assignee`,`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_care_task_a_kind` ON `care_tasks` (`person_id`,`kind`) WHERE "care_tasks"."state" = 'open';--> statement-breakpoint
CREATE TABLE `consultation_words` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`place` integer NOT NULL,
	`author` text,
	`words` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_word_a_place` ON `consultation_words` (`consultation_id`,`place`);--> statement-breakpoint
CREATE TABLE `consultations` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`code_sha256` text,
	`wish` text NOT NULL,
	`hidden_from` text NOT NULL,
	`received_at` text NOT NULL,
	`assignee` text,
	`first_answered_at` text,
	`state` text NOT NULL,
	`incident_id` text,
	`version` integer NOT NULL,
	CONSTRAINT "a_consultation_has_a_name_or_a_code" CHECK(("consultations"."person_id" is null) = ("consultations"."code_sha256" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_consultation_a_code` ON `consultations` (`code_sha256`);--> statement-breakpoint
CREATE INDEX `consultations_by_person` ON `consultations` (`person_id`);--> statement-breakpoint
CREATE INDEX `consultations_by_state` ON `consultations` (`state`,`received_at`);--> statement-breakpoint
CREATE TABLE `passes` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `passes_by_thread` ON `passes` (`thread_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_pass_a_person_and_thread` ON `passes` (`person_id`,`thread_id`);
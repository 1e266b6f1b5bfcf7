CREATE TABLE `policy_confirmations` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`sha256` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `policy_confirmations_by_version` ON `policy_confirmations` (`sha256`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_confirmation_a_person_and_version` ON `policy_confirmations` (`person_id`,`sha256`);--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`place` integer PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`words` text NOT NULL,
	`at` text NOT NULL,
	`by` text
);
--> statement-breakpoint
CREATE INDEX `policy_versions_by_hash` ON `policy_versions` (`sha256`);--> statement-breakpoint
CREATE INDEX `alerts_by_time` ON `alerts` (`raised_at`,`acknowledged_at`);--> statement-breakpoint
CREATE INDEX `care_tasks_by_time` ON `care_tasks` (`made_at`,`state`,`due_on`,`ended_at`);--> statement-breakpoint
CREATE INDEX `decisions_by_outcome` ON `decisions` (`outcome`,`how`,`at`);--> statement-breakpoint
CREATE INDEX `events_of_exports` ON `events` (`at`) WHERE kind = 'case_exported';--> statement-breakpoint
CREATE INDEX `measures_by_announcement` ON `measures` (`announced_at`);--> statement-breakpoint
-- By hand: what was in force, and who read it when, stays as it is on record.
CREATE TRIGGER policy_versions_never_change BEFORE UPDATE ON policy_versions
BEGIN SELECT RAISE(ABORT, 'a version of the policy never changes'); END;
--> statement-breakpoint
CREATE TRIGGER policy_versions_never_go BEFORE DELETE ON policy_versions
BEGIN SELECT RAISE(ABORT, 'a version of the policy is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER policy_confirmations_never_change BEFORE UPDATE ON policy_confirmations
BEGIN SELECT RAISE(ABORT, 'that somebody read the policy never changes'); END;
--> statement-breakpoint
CREATE TRIGGER policy_confirmations_never_go BEFORE DELETE ON policy_confirmations
BEGIN SELECT RAISE(ABORT, 'that somebody read the policy is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER only_what_was_in_force_is_confirmed BEFORE INSERT ON policy_confirmations
WHEN NOT EXISTS (SELECT 1 FROM policy_versions WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'what is confirmed is a version that was in force'); END;

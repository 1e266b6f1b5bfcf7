CREATE TABLE `digests` (
	`id` text PRIMARY KEY NOT NULL,
	`measure_id` text NOT NULL,
	`since` text NOT NULL,
	`until` text NOT NULL,
	`up_to` text NOT NULL,
	`mails` integer NOT NULL,
	`alerts` integer NOT NULL,
	`severity` integer NOT NULL,
	`categories` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_digest_a_stretch` ON `digests` (`measure_id`,`since`);--> statement-breakpoint
CREATE TABLE `measure_terms` (
	`measure_id` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`mailbox_id` text,
	`open_topics` text NOT NULL,
	`open_line` text NOT NULL,
	`open_address` text NOT NULL,
	`digest` text NOT NULL,
	`answer_days` integer,
	`skip_explanation` text NOT NULL,
	`renews` text,
	`reminded_for` text,
	`answered_at` text,
	`answer_subject` text,
	`answer_body` text,
	`answer_sha256` text,
	CONSTRAINT "a_scope_is_one_mailbox_or_all" CHECK("measure_terms"."scope" = 'all' or ("measure_terms"."scope" = 'mailbox' and "measure_terms"."mailbox_id" is not null)),
	CONSTRAINT "answers_days_apart" CHECK("measure_terms"."answer_days" is null or "measure_terms"."answer_days" between 1 and 365)
);
--> statement-breakpoint
CREATE TABLE `muted_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`folder_id` text NOT NULL,
	`uid_validity` text NOT NULL,
	`uid` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `muted_moves_by_folder` ON `muted_moves` (`folder_id`);--> statement-breakpoint
CREATE TABLE `objections` (
	`id` text PRIMARY KEY NOT NULL,
	`measure_id` text NOT NULL,
	`way` text NOT NULL,
	`received_at` text NOT NULL,
	`message_id` text,
	`recorded_by` text,
	`note` text NOT NULL,
	`outcome` text,
	`decided_by` text,
	`decided_at` text,
	`reason` text NOT NULL,
	CONSTRAINT "an_objection_is_decided_by_somebody" CHECK(("objections"."outcome" is null) = ("objections"."decided_by" is null)),
	CONSTRAINT "an_objection_is_a_mail_or_written_down" CHECK(("objections"."way" = 'mail') = ("objections"."recorded_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_objection_a_measure` ON `objections` (`measure_id`) WHERE "objections"."outcome" is null;--> statement-breakpoint
CREATE INDEX `objections_by_measure` ON `objections` (`measure_id`);--> statement-breakpoint
CREATE TABLE `representatives` (
	`address` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`reason` text NOT NULL,
	`marked_by` text NOT NULL,
	`marked_at` text NOT NULL
);
--> statement-breakpoint
DROP INDEX `one_notice_of_a_kind_a_measure`;--> statement-breakpoint
CREATE UNIQUE INDEX `one_notice_of_a_kind_a_measure` ON `letters` (`measure_id`,`kind`) WHERE "letters"."measure_id" is not null and "letters"."state" <> 'cancelled' and "letters"."kind" not in ('objection', 'mute_answer');--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `muted_folder` text;
--> statement-breakpoint
-- by hand
DROP TRIGGER measures_in_force_only_once_announced;
--> statement-breakpoint
CREATE TRIGGER measures_in_force_only_once_announced BEFORE UPDATE OF state ON measures
WHEN NEW.state = 'in_force' AND NOT EXISTS (SELECT 1 FROM letters
    WHERE measure_id = NEW.id AND kind IN (NEW.kind, 'renewal') AND state = 'sent')
BEGIN SELECT RAISE(ABORT, 'a measure is in force only once its notice was accepted'); END;
--> statement-breakpoint
DROP TRIGGER letters_no_reply_to_a_muted_sender;
--> statement-breakpoint
-- The lease ends just after now: a suspension that outlasts it mutes the sender where it holds.
CREATE TRIGGER letters_no_reply_to_a_muted_sender BEFORE UPDATE OF state ON letters
WHEN NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM measures JOIN threads ON threads.sender_id = measures.sender_id
  LEFT JOIN measure_terms ON measure_terms.measure_id = measures.id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until
    AND (coalesce(measure_terms.scope, 'all') = 'all'
      OR measure_terms.mailbox_id = threads.mailbox_id))
BEGIN SELECT RAISE(ABORT, 'no reply leaves to a muted sender'); END;
--> statement-breakpoint
CREATE TRIGGER measure_terms_keep_what_was_confirmed BEFORE UPDATE ON measure_terms
WHEN NEW.scope <> OLD.scope OR NEW.mailbox_id IS NOT OLD.mailbox_id
  OR NEW.open_topics <> OLD.open_topics OR NEW.answer_days IS NOT OLD.answer_days
  OR NEW.renews IS NOT OLD.renews
  OR (OLD.answer_sha256 IS NOT NULL AND (NEW.answer_sha256 IS NOT OLD.answer_sha256
    OR NEW.answer_body IS NOT OLD.answer_body OR NEW.answer_subject IS NOT OLD.answer_subject))
BEGIN SELECT RAISE(ABORT, 'the terms of a suspension never change'); END;
--> statement-breakpoint
CREATE TRIGGER objections_reach_somebody_else BEFORE UPDATE ON objections
WHEN NEW.outcome IN ('keep', 'shorten') AND EXISTS (SELECT 1 FROM measures
    WHERE id = NEW.measure_id AND NEW.decided_by IN
      (confirmer, proposer, first_reviewer, second_reviewer))
BEGIN SELECT RAISE(ABORT, 'an objection is decided by somebody who took no part'); END;
--> statement-breakpoint
CREATE TRIGGER objections_are_decided_once BEFORE UPDATE ON objections
WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an objection is decided once'); END;

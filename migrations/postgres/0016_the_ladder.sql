CREATE TABLE "digests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"measure_id" text collate "C" NOT NULL,
	"since" text collate "C" NOT NULL,
	"until" text collate "C" NOT NULL,
	"up_to" text collate "C" NOT NULL,
	"mails" bigint NOT NULL,
	"alerts" bigint NOT NULL,
	"severity" bigint NOT NULL,
	"categories" json NOT NULL,
	CONSTRAINT "one_digest_a_stretch" UNIQUE("measure_id","since")
);
--> statement-breakpoint
CREATE TABLE "measure_terms" (
	"measure_id" text collate "C" PRIMARY KEY NOT NULL,
	"scope" text collate "C" NOT NULL,
	"mailbox_id" text collate "C",
	"open_topics" json NOT NULL,
	"open_line" text collate "C" NOT NULL,
	"open_address" text collate "C" NOT NULL,
	"digest" text collate "C" NOT NULL,
	"answer_days" bigint,
	"skip_explanation" text collate "C" NOT NULL,
	"renews" text collate "C",
	"reminded_for" text collate "C",
	"answered_at" text collate "C",
	"answer_subject" text collate "C",
	"answer_body" text collate "C",
	"answer_sha256" text collate "C",
	CONSTRAINT "a_scope_is_one_mailbox_or_all" CHECK ("measure_terms"."scope" = 'all' or ("measure_terms"."scope" = 'mailbox' and "measure_terms"."mailbox_id" is not null)),
	CONSTRAINT "answers_days_apart" CHECK ("measure_terms"."answer_days" is null or "measure_terms"."answer_days" between 1 and 365)
);
--> statement-breakpoint
CREATE TABLE "muted_moves" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"folder_id" text collate "C" NOT NULL,
	"uid_validity" text collate "C" NOT NULL,
	"uid" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"measure_id" text collate "C" NOT NULL,
	"way" text collate "C" NOT NULL,
	"received_at" text collate "C" NOT NULL,
	"message_id" text collate "C",
	"recorded_by" text collate "C",
	"note" text collate "C" NOT NULL,
	"outcome" text collate "C",
	"decided_by" text collate "C",
	"decided_at" text collate "C",
	"reason" text collate "C" NOT NULL,
	CONSTRAINT "an_objection_is_decided_by_somebody" CHECK (("objections"."outcome" is null) = ("objections"."decided_by" is null)),
	CONSTRAINT "an_objection_is_a_mail_or_written_down" CHECK (("objections"."way" = 'mail') = ("objections"."recorded_by" is null))
);
--> statement-breakpoint
CREATE TABLE "representatives" (
	"address" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"marked_by" text collate "C" NOT NULL,
	"marked_at" text collate "C" NOT NULL
);
--> statement-breakpoint
DROP INDEX "one_notice_of_a_kind_a_measure";--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "muted_folder" text collate "C";--> statement-breakpoint
CREATE INDEX "muted_moves_by_folder" ON "muted_moves" USING btree ("folder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_objection_a_measure" ON "objections" USING btree ("measure_id") WHERE "objections"."outcome" is null;--> statement-breakpoint
CREATE INDEX "objections_by_measure" ON "objections" USING btree ("measure_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_notice_of_a_kind_a_measure" ON "letters" USING btree ("measure_id","kind") WHERE "letters"."measure_id" is not null and "letters"."state" <> 'cancelled' and "letters"."kind" not in ('objection', 'mute_answer');
--> statement-breakpoint
-- by hand
CREATE OR REPLACE FUNCTION measures_in_force_only_once_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'in_force' AND NOT EXISTS (SELECT 1 FROM letters
    WHERE measure_id = NEW.id AND kind IN (NEW.kind, 'renewal') AND state = 'sent') THEN
    RAISE EXCEPTION 'a measure is in force only once its notice was accepted';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- The lease ends just after now: a suspension that outlasts it mutes the sender where it holds.
CREATE OR REPLACE FUNCTION letters_no_reply_to_a_muted_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM measures JOIN threads ON threads.sender_id = measures.sender_id
  LEFT JOIN measure_terms ON measure_terms.measure_id = measures.id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until
    AND (coalesce(measure_terms.scope, 'all') = 'all'
      OR measure_terms.mailbox_id = threads.mailbox_id)) THEN
    RAISE EXCEPTION 'no reply leaves to a muted sender';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER measure_terms_keep_what_was_confirmed BEFORE UPDATE ON measure_terms
FOR EACH ROW WHEN (NEW.scope <> OLD.scope OR NEW.mailbox_id IS DISTINCT FROM OLD.mailbox_id
  OR NEW.open_topics::text <> OLD.open_topics::text
  OR NEW.answer_days IS DISTINCT FROM OLD.answer_days OR NEW.renews IS DISTINCT FROM OLD.renews
  OR (OLD.answer_sha256 IS NOT NULL AND (NEW.answer_sha256 IS DISTINCT FROM OLD.answer_sha256
    OR NEW.answer_body IS DISTINCT FROM OLD.answer_body
    OR NEW.answer_subject IS DISTINCT FROM OLD.answer_subject)))
EXECUTE FUNCTION refuse('the terms of a suspension never change');
--> statement-breakpoint
CREATE FUNCTION objections_reach_somebody_else() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.outcome IN ('keep', 'shorten') AND EXISTS (SELECT 1 FROM measures
    WHERE id = NEW.measure_id AND NEW.decided_by IN
      (confirmer, proposer, first_reviewer, second_reviewer)) THEN
    RAISE EXCEPTION 'an objection is decided by somebody who took no part';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER objections_reach_somebody_else BEFORE UPDATE ON objections
FOR EACH ROW EXECUTE FUNCTION objections_reach_somebody_else();
--> statement-breakpoint
CREATE TRIGGER objections_are_decided_once BEFORE UPDATE ON objections
FOR EACH ROW WHEN (OLD.outcome IS NOT NULL)
EXECUTE FUNCTION refuse('an objection is decided once');

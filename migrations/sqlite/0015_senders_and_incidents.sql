CREATE TABLE `incident_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`how` text NOT NULL,
	`outcome` text NOT NULL,
	`needs_reply` integer NOT NULL,
	`categories` text NOT NULL,
	`severity` integer NOT NULL,
	`first_reviewer` text NOT NULL,
	`second_reviewer` text NOT NULL,
	`settled_by` text,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "two_reviewers_of_an_incident" CHECK("incident_decisions"."first_reviewer" <> "incident_decisions"."second_reviewer"),
	CONSTRAINT "no_settler_among_the_reviewers" CHECK("incident_decisions"."settled_by" is null or "incident_decisions"."settled_by" not in ("incident_decisions"."first_reviewer", "incident_decisions"."second_reviewer")),
	CONSTRAINT "incident_settled_by_somebody" CHECK(("incident_decisions"."how" = 'settled') = ("incident_decisions"."settled_by" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_decisions_incidentId_unique` ON `incident_decisions` (`incident_id`);--> statement-breakpoint
CREATE TABLE `incident_pictures` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`sha256` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_pictures_incidentId_unique` ON `incident_pictures` (`incident_id`);--> statement-breakpoint
CREATE TABLE `incident_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`place` integer NOT NULL,
	`reviewer` text NOT NULL,
	`verdict` text NOT NULL,
	`demand` text NOT NULL,
	`fair_request` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "two_incident_reviews_at_most" CHECK("incident_reviews"."place" in (1, 2))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_review_a_person_and_incident` ON `incident_reviews` (`incident_id`,`reviewer`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_incident_review_a_place` ON `incident_reviews` (`incident_id`,`place`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`kind` text NOT NULL,
	`occurred_at` text NOT NULL,
	`minutes` integer,
	`taken_by` text,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	`account` text NOT NULL,
	`recording` text NOT NULL,
	`post_url` text NOT NULL,
	`content_sha256` text NOT NULL,
	`picture_sha256` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	CONSTRAINT "only_calls_have_a_length" CHECK(("incidents"."kind" = 'phone') = ("incidents"."minutes" is not null))
);
--> statement-breakpoint
CREATE INDEX `incidents_by_sender` ON `incidents` (`sender_id`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `incidents_by_state` ON `incidents` (`state`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `sender_joins` (
	`id` text PRIMARY KEY NOT NULL,
	`first` text NOT NULL,
	`second` text NOT NULL,
	`reasons` text NOT NULL,
	`reason` text NOT NULL,
	`proposer` text,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decider` text,
	`decided_at` text,
	`decision` text NOT NULL,
	`separated_by` text,
	`separated_at` text,
	`separation` text NOT NULL,
	CONSTRAINT "a_pair_in_order" CHECK("sender_joins"."first" < "sender_joins"."second"),
	CONSTRAINT "nobody_joins_alone" CHECK("sender_joins"."state" not in ('joined', 'separated') or ("sender_joins"."proposer" is not null and "sender_joins"."decider" is not null and "sender_joins"."decider" <> "sender_joins"."proposer")),
	CONSTRAINT "separated_by_somebody" CHECK(("sender_joins"."state" = 'separated') = ("sender_joins"."separated_by" is not null))
);
--> statement-breakpoint
CREATE INDEX `sender_joins_by_first` ON `sender_joins` (`first`);--> statement-breakpoint
CREATE INDEX `sender_joins_by_second` ON `sender_joins` (`second`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_join_a_pair` ON `sender_joins` (`first`,`second`) WHERE "sender_joins"."state" in ('proposed', 'joined');--> statement-breakpoint
CREATE TABLE `sender_labels` (
	`sender_id` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sender_members` (
	`sender_id` text PRIMARY KEY NOT NULL,
	`head` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sender_members_by_head` ON `sender_members` (`head`);--> statement-breakpoint
CREATE TABLE `sender_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`author` text NOT NULL,
	`at` text NOT NULL,
	`text` text NOT NULL,
	`text_sha256` text NOT NULL,
	`corrects` text
);
--> statement-breakpoint
CREATE INDEX `sender_notes_by_sender` ON `sender_notes` (`sender_id`);
--> statement-breakpoint
-- by hand
-- What the domain refuses the database refuses too.
CREATE TRIGGER incident_reviews_never_change BEFORE UPDATE ON incident_reviews
BEGIN SELECT RAISE(ABORT, 'a review never changes'); END;
--> statement-breakpoint
CREATE TRIGGER incident_reviews_never_go BEFORE DELETE ON incident_reviews
BEGIN SELECT RAISE(ABORT, 'a review is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER incident_decisions_never_change BEFORE UPDATE ON incident_decisions
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
--> statement-breakpoint
CREATE TRIGGER incident_decisions_never_go BEFORE DELETE ON incident_decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER incidents_never_go BEFORE DELETE ON incidents
BEGIN SELECT RAISE(ABORT, 'an incident is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER incident_pictures_never_change BEFORE UPDATE ON incident_pictures
BEGIN SELECT RAISE(ABORT, 'a picture never changes'); END;
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_change BEFORE UPDATE ON sender_notes
BEGIN SELECT RAISE(ABORT, 'a note never changes: a further one puts it right'); END;
--> statement-breakpoint
CREATE TRIGGER sender_notes_never_go BEFORE DELETE ON sender_notes
BEGIN SELECT RAISE(ABORT, 'a note is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER sender_joins_never_go BEFORE DELETE ON sender_joins
BEGIN SELECT RAISE(ABORT, 'what was said of two senders is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER incidents_keep_their_facts BEFORE UPDATE ON incidents
WHEN NEW.sender_id <> OLD.sender_id OR NEW.mailbox_id <> OLD.mailbox_id OR NEW.kind <> OLD.kind OR NEW.occurred_at <> OLD.occurred_at OR NEW.account <> OLD.account OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.recorded_by <> OLD.recorded_by
  OR NEW.minutes IS NOT OLD.minutes
  OR NEW.taken_by IS NOT OLD.taken_by
  OR NEW.picture_sha256 IS NOT OLD.picture_sha256
BEGIN SELECT RAISE(ABORT, 'what was recorded of an incident never changes'); END;
--> statement-breakpoint
CREATE TRIGGER sender_joins_keep_their_people BEFORE UPDATE ON sender_joins
WHEN NEW.first <> OLD.first OR NEW.second <> OLD.second
  OR NEW.proposer IS NOT OLD.proposer
  OR OLD.state IN ('declined', 'separated') OR (OLD.state = 'joined' AND NEW.state <> 'separated')
  OR (OLD.state = 'joined' AND NEW.decider <> OLD.decider)
BEGIN SELECT RAISE(ABORT, 'who said what of two senders never changes'); END;
--> statement-breakpoint
CREATE TRIGGER incident_decisions_rest_on_two_reviews BEFORE INSERT ON incident_decisions
WHEN NOT EXISTS (SELECT 1 FROM incident_reviews WHERE incident_id = NEW.incident_id
    AND place = 1 AND reviewer = NEW.first_reviewer)
  OR NOT EXISTS (SELECT 1 FROM incident_reviews WHERE incident_id = NEW.incident_id
    AND place = 2 AND reviewer = NEW.second_reviewer)
BEGIN SELECT RAISE(ABORT, 'a decision rests on two reviews by its two reviewers'); END;
--> statement-breakpoint
CREATE TRIGGER incident_reviews_by_others BEFORE INSERT ON incident_reviews
WHEN NOT EXISTS (SELECT 1 FROM incidents WHERE id = NEW.incident_id AND (taken_by IS NULL OR taken_by <> NEW.reviewer))
BEGIN SELECT RAISE(ABORT, 'whom an incident hit does not judge it'); END;
--> statement-breakpoint
CREATE TRIGGER letters_no_reply_to_a_joined_muted_sender BEFORE UPDATE OF state ON letters
WHEN NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM threads
  JOIN sender_members AS own ON own.sender_id = threads.sender_id
  JOIN sender_members AS other ON other.head = own.head
  JOIN measures ON measures.sender_id = other.sender_id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until)
BEGIN SELECT RAISE(ABORT, 'no reply leaves to a muted sender'); END;

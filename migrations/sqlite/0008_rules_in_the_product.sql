CREATE TABLE `rule_desk` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`trouble` text,
	`trouble_at` text
);
--> statement-breakpoint
CREATE TABLE `rule_files` (
	`id` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rule_hits` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`rule` text NOT NULL,
	`open` integer NOT NULL,
	`upheld` integer,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rule_hits_by_rule` ON `rule_hits` (`rule`,`at`);--> statement-breakpoint
CREATE INDEX `rule_hits_by_thread` ON `rule_hits` (`thread_id`);--> statement-breakpoint
CREATE TABLE `rule_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`wish` text NOT NULL,
	`base` text NOT NULL,
	`reason` text NOT NULL,
	`proposer` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decider` text,
	`decided_at` text,
	`decision` text NOT NULL,
	`made` text,
	CONSTRAINT "nobody_decides_on_their_own_rules" CHECK("rule_proposals"."state" not in ('approved', 'declined') or ("rule_proposals"."decider" is not null and "rule_proposals"."decider" <> "rule_proposals"."proposer"))
);
--> statement-breakpoint
CREATE INDEX `rule_proposals_by_state` ON `rule_proposals` (`state`,`proposed_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_proposal_a_rule` ON `rule_proposals` (`about`) WHERE "rule_proposals"."state" = 'open';--> statement-breakpoint
CREATE TABLE `rule_reigns` (
	`place` integer PRIMARY KEY NOT NULL,
	`rule_set` text NOT NULL,
	`files_id` text NOT NULL,
	`proposal_id` text,
	`by` text,
	`at` text NOT NULL,
	`cursor` text NOT NULL,
	`total` integer NOT NULL,
	`looked` integer NOT NULL,
	`changed` integer NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`rule_set`) REFERENCES `rule_sets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rule_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`files_id` text NOT NULL,
	`overlays` text NOT NULL,
	`made_at` text NOT NULL,
	FOREIGN KEY (`files_id`) REFERENCES `rule_files`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rule_trials` (
	`id` text PRIMARY KEY NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`cursor` text NOT NULL,
	`total` integer NOT NULL,
	`looked` integer NOT NULL,
	`result` text NOT NULL,
	`trouble` text,
	`finished_at` text,
	FOREIGN KEY (`id`) REFERENCES `rule_proposals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER rule_files_never_change BEFORE UPDATE ON rule_files
WHEN NEW.id <> OLD.id OR NEW.bytes <> OLD.bytes
BEGIN SELECT RAISE(ABORT, 'the files of a rule set never change'); END;
--> statement-breakpoint
CREATE TRIGGER rule_sets_never_change BEFORE UPDATE ON rule_sets
WHEN NEW.id <> OLD.id OR NEW.files_id <> OLD.files_id OR NEW.overlays <> OLD.overlays
BEGIN SELECT RAISE(ABORT, 'a rule set never changes'); END;
--> statement-breakpoint
CREATE TRIGGER rule_sets_never_go BEFORE DELETE ON rule_sets
BEGIN SELECT RAISE(ABORT, 'a rule set is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER rule_reigns_keep_their_rules BEFORE UPDATE ON rule_reigns
WHEN NEW.place <> OLD.place OR NEW.rule_set <> OLD.rule_set OR NEW.proposal_id IS NOT OLD.proposal_id
BEGIN SELECT RAISE(ABORT, 'what came into force when never changes'); END;
--> statement-breakpoint
CREATE TRIGGER rule_reigns_rest_on_an_approval BEFORE INSERT ON rule_reigns
WHEN NEW.proposal_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rule_proposals
    WHERE id = NEW.proposal_id AND state = 'approved' AND decider = NEW.by AND made = NEW.rule_set)
BEGIN SELECT RAISE(ABORT, 'rules that people changed rest on an approval'); END;
--> statement-breakpoint
CREATE TRIGGER rule_proposals_keep_their_words BEFORE UPDATE ON rule_proposals
WHEN NEW.wish <> OLD.wish OR NEW.about <> OLD.about OR NEW.proposer <> OLD.proposer
  OR NEW.reason <> OLD.reason OR (OLD.state <> 'open' AND NEW.state <> OLD.state)
BEGIN SELECT RAISE(ABORT, 'a proposal on rules keeps its words, and is decided once'); END;

CREATE TABLE `template_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`template` text NOT NULL,
	`content` text NOT NULL,
	`content_sha256` text NOT NULL,
	`over` text NOT NULL,
	`base` text NOT NULL,
	`reason` text NOT NULL,
	`proposer` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decider` text,
	`decided_at` text,
	`decision` text NOT NULL,
	CONSTRAINT "nobody_decides_on_their_own_template" CHECK("template_proposals"."state" not in ('approved', 'declined') or ("template_proposals"."decider" is not null and "template_proposals"."decider" <> "template_proposals"."proposer"))
);
--> statement-breakpoint
CREATE INDEX `template_proposals_by_state` ON `template_proposals` (`state`,`proposed_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_proposal_a_template` ON `template_proposals` (`template`) WHERE "template_proposals"."state" = 'open';--> statement-breakpoint
CREATE TRIGGER template_proposals_keep_their_words BEFORE UPDATE ON template_proposals
WHEN OLD.state <> 'open' OR NEW.content <> OLD.content OR NEW.content_sha256 <> OLD.content_sha256
  OR NEW.proposer <> OLD.proposer OR NEW.template <> OLD.template
BEGIN SELECT RAISE(ABORT, 'a proposal keeps its words, and is decided once'); END;

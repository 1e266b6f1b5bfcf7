CREATE TABLE "template_proposals" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"template" text collate "C" NOT NULL,
	"content" text collate "C" NOT NULL,
	"content_sha256" text collate "C" NOT NULL,
	"over" text collate "C" NOT NULL,
	"base" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"proposer" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decider" text collate "C",
	"decided_at" text collate "C",
	"decision" text collate "C" NOT NULL,
	CONSTRAINT "nobody_decides_on_their_own_template" CHECK ("template_proposals"."state" not in ('approved', 'declined') or ("template_proposals"."decider" is not null and "template_proposals"."decider" <> "template_proposals"."proposer"))
);
--> statement-breakpoint
CREATE INDEX "template_proposals_by_state" ON "template_proposals" USING btree ("state","proposed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_proposal_a_template" ON "template_proposals" USING btree ("template") WHERE "template_proposals"."state" = 'open';--> statement-breakpoint
CREATE TRIGGER template_proposals_keep_their_words BEFORE UPDATE ON template_proposals
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.content <> OLD.content
  OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.proposer <> OLD.proposer
  OR NEW.template <> OLD.template)
EXECUTE FUNCTION refuse('a proposal keeps its words, and is decided once');

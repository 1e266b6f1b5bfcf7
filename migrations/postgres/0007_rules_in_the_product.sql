CREATE TABLE "rule_desk" (
	"id" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"trouble" json,
	"trouble_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "rule_files" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_hits" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"rule" text collate "C" NOT NULL,
	"open" boolean NOT NULL,
	"upheld" boolean,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_proposals" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"about" text collate "C" NOT NULL,
	"wish" json NOT NULL,
	"base" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"proposer" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decider" text collate "C",
	"decided_at" text collate "C",
	"decision" text collate "C" NOT NULL,
	"made" text collate "C",
	CONSTRAINT "nobody_decides_on_their_own_rules" CHECK ("rule_proposals"."state" not in ('approved', 'declined') or ("rule_proposals"."decider" is not null and "rule_proposals"."decider" <> "rule_proposals"."proposer"))
);
--> statement-breakpoint
CREATE TABLE "rule_reigns" (
	"place" bigint PRIMARY KEY NOT NULL,
	"rule_set" text collate "C" NOT NULL,
	"files_id" text collate "C" NOT NULL,
	"proposal_id" text collate "C",
	"by" text collate "C",
	"at" text collate "C" NOT NULL,
	"cursor" text collate "C" NOT NULL,
	"total" bigint NOT NULL,
	"looked" bigint NOT NULL,
	"changed" bigint NOT NULL,
	"finished_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "rule_sets" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"files_id" text collate "C" NOT NULL,
	"overlays" json NOT NULL,
	"made_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_trials" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"before" text collate "C" NOT NULL,
	"after" text collate "C" NOT NULL,
	"cursor" text collate "C" NOT NULL,
	"total" bigint NOT NULL,
	"looked" bigint NOT NULL,
	"result" json NOT NULL,
	"trouble" json,
	"finished_at" text collate "C"
);
--> statement-breakpoint
ALTER TABLE "rule_reigns" ADD CONSTRAINT "rule_reigns_rule_set_rule_sets_id_fk" FOREIGN KEY ("rule_set") REFERENCES "public"."rule_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_files_id_rule_files_id_fk" FOREIGN KEY ("files_id") REFERENCES "public"."rule_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_trials" ADD CONSTRAINT "rule_trials_id_rule_proposals_id_fk" FOREIGN KEY ("id") REFERENCES "public"."rule_proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rule_hits_by_rule" ON "rule_hits" USING btree ("rule","at");--> statement-breakpoint
CREATE INDEX "rule_hits_by_thread" ON "rule_hits" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "rule_proposals_by_state" ON "rule_proposals" USING btree ("state","proposed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_proposal_a_rule" ON "rule_proposals" USING btree ("about") WHERE "rule_proposals"."state" = 'open';--> statement-breakpoint
CREATE TRIGGER rule_files_never_change BEFORE UPDATE ON rule_files
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.bytes <> OLD.bytes)
EXECUTE FUNCTION refuse('the files of a rule set never change');
--> statement-breakpoint
CREATE TRIGGER rule_sets_never_change BEFORE UPDATE ON rule_sets
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.files_id <> OLD.files_id OR NEW.overlays::text <> OLD.overlays::text)
EXECUTE FUNCTION refuse('a rule set never changes');
--> statement-breakpoint
CREATE TRIGGER rule_sets_never_go BEFORE DELETE ON rule_sets
FOR EACH ROW EXECUTE FUNCTION refuse('a rule set is never deleted');
--> statement-breakpoint
CREATE TRIGGER rule_reigns_keep_their_rules BEFORE UPDATE ON rule_reigns
FOR EACH ROW WHEN (NEW.place <> OLD.place OR NEW.rule_set <> OLD.rule_set
  OR NEW.proposal_id IS DISTINCT FROM OLD.proposal_id)
EXECUTE FUNCTION refuse('what came into force when never changes');
--> statement-breakpoint
CREATE FUNCTION rule_reigns_rest_on_an_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rule_proposals
    WHERE id = NEW.proposal_id AND state = 'approved' AND decider = NEW."by" AND made = NEW.rule_set) THEN
    RAISE EXCEPTION 'rules that people changed rest on an approval';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER rule_reigns_rest_on_an_approval BEFORE INSERT ON rule_reigns
FOR EACH ROW EXECUTE FUNCTION rule_reigns_rest_on_an_approval();
--> statement-breakpoint
CREATE TRIGGER rule_proposals_keep_their_words BEFORE UPDATE ON rule_proposals
FOR EACH ROW WHEN (NEW.wish::text <> OLD.wish::text OR NEW.about <> OLD.about OR NEW.proposer <> OLD.proposer
  OR NEW.reason <> OLD.reason OR (OLD.state <> 'open' AND NEW.state <> OLD.state))
EXECUTE FUNCTION refuse('a proposal on rules keeps its words, and is decided once');

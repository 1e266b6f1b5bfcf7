CREATE TABLE "policy_confirmations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"sha256" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_confirmation_a_person_and_version" UNIQUE("person_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"place" bigint PRIMARY KEY NOT NULL,
	"sha256" text collate "C" NOT NULL,
	"words" json NOT NULL,
	"at" text collate "C" NOT NULL,
	"by" text collate "C"
);
--> statement-breakpoint
CREATE INDEX "policy_confirmations_by_version" ON "policy_confirmations" USING btree ("sha256","at");--> statement-breakpoint
CREATE INDEX "policy_versions_by_hash" ON "policy_versions" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "alerts_by_time" ON "alerts" USING btree ("raised_at","acknowledged_at");--> statement-breakpoint
CREATE INDEX "care_tasks_by_time" ON "care_tasks" USING btree ("made_at","state","due_on","ended_at");--> statement-breakpoint
CREATE INDEX "decisions_by_outcome" ON "decisions" USING btree ("outcome","how","at");--> statement-breakpoint
CREATE INDEX "events_of_exports" ON "events" USING btree ("at") WHERE kind = 'case_exported';--> statement-breakpoint
CREATE INDEX "measures_by_announcement" ON "measures" USING btree ("announced_at");--> statement-breakpoint
-- By hand: what was in force, and who read it when, stays as it is on record.
CREATE TRIGGER policy_versions_never_change BEFORE UPDATE ON policy_versions
FOR EACH ROW EXECUTE FUNCTION refuse('a version of the policy never changes');
--> statement-breakpoint
CREATE TRIGGER policy_versions_never_go BEFORE DELETE ON policy_versions
FOR EACH ROW EXECUTE FUNCTION refuse('a version of the policy is never deleted');
--> statement-breakpoint
CREATE TRIGGER policy_confirmations_never_change BEFORE UPDATE ON policy_confirmations
FOR EACH ROW EXECUTE FUNCTION refuse('that somebody read the policy never changes');
--> statement-breakpoint
CREATE TRIGGER policy_confirmations_never_go BEFORE DELETE ON policy_confirmations
FOR EACH ROW EXECUTE FUNCTION refuse('that somebody read the policy is never deleted');
--> statement-breakpoint
CREATE FUNCTION policy_was_in_force(version text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM policy_versions WHERE sha256 = version)
$$;
--> statement-breakpoint
CREATE TRIGGER only_what_was_in_force_is_confirmed BEFORE INSERT ON policy_confirmations
FOR EACH ROW WHEN (NOT policy_was_in_force(NEW.sha256))
EXECUTE FUNCTION refuse('what is confirmed is a version that was in force');

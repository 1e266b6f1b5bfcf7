CREATE TABLE "drill_cases" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"drill_id" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"thread_id" text collate "C",
	"decision_id" text collate "C",
	"code" text collate "C",
	"state" text collate "C" NOT NULL,
	"answer" json,
	"expected" json,
	"answered_at" text collate "C",
	CONSTRAINT "one_drill_case_a_place" UNIQUE("drill_id","place"),
	CONSTRAINT "a_drill_case_is_mail_or_our_own" CHECK (("drill_cases"."code" is null) = ("drill_cases"."thread_id" is not null and "drill_cases"."decision_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "drills" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"pack" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"started_by" text collate "C" NOT NULL,
	"started_at" text collate "C" NOT NULL,
	"policy_version" text collate "C" NOT NULL,
	"cases" bigint NOT NULL,
	"passed" bigint NOT NULL,
	"answered" bigint NOT NULL,
	"agreed" bigint NOT NULL,
	"exact" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"ended_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"title" text collate "C" NOT NULL,
	"held_on" text collate "C" NOT NULL,
	"person_ids" json NOT NULL,
	"recorded_by" text collate "C" NOT NULL,
	"recorded_at" text collate "C" NOT NULL,
	"withdrawn_at" text collate "C"
);
--> statement-breakpoint
ALTER TABLE "drill_cases" ADD CONSTRAINT "drill_cases_drill_id_drills_id_fk" FOREIGN KEY ("drill_id") REFERENCES "public"."drills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drills_by_person" ON "drills" USING btree ("person_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_drill_a_pack" ON "drills" USING btree ("person_id","pack") WHERE "drills"."state" = 'open';--> statement-breakpoint
CREATE INDEX "decisions_by_time" ON "decisions" USING btree ("at","id");--> statement-breakpoint
-- By hand: what was answered stays as it was, and records of training are kept.
CREATE TRIGGER drill_answers_never_change BEFORE UPDATE ON drill_cases
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.thread_id IS DISTINCT FROM OLD.thread_id
  OR NEW.code IS DISTINCT FROM OLD.code)
EXECUTE FUNCTION refuse('an answer of a drill never changes');
--> statement-breakpoint
CREATE TRIGGER drills_never_go BEFORE DELETE ON drills
FOR EACH ROW EXECUTE FUNCTION refuse('a drill is never deleted');
--> statement-breakpoint
CREATE TRIGGER trainings_never_go BEFORE DELETE ON trainings
FOR EACH ROW EXECUTE FUNCTION refuse('a training on record is never deleted');

CREATE TABLE "care_notes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"task_id" text collate "C" NOT NULL,
	"author" text collate "C" NOT NULL,
	"words" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_tasks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"why" text collate "C" NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"assignee" text collate "C",
	"made_at" text collate "C" NOT NULL,
	"due_on" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"ended_at" text collate "C",
	CONSTRAINT "nobody_cares_for_themselves" CHECK ("care_tasks"."assignee" is null or "care_tasks"."assignee" <> "care_tasks"."person_id")
);
--> statement-breakpoint
CREATE TABLE "consultation_words" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"consultation_id" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"author" text collate "C",
	"words" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_word_a_place" UNIQUE("consultation_id","place")
);
--> statement-breakpoint
CREATE TABLE "consultations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C",
	"code_sha256" text collate "C",
	"wish" text collate "C" NOT NULL,
	"hidden_from" json NOT NULL,
	"received_at" text collate "C" NOT NULL,
	"assignee" text collate "C",
	"first_answered_at" text collate "C",
	"state" text collate "C" NOT NULL,
	"incident_id" text collate "C",
	"version" bigint NOT NULL,
	CONSTRAINT "one_consultation_a_code" UNIQUE("code_sha256"),
	CONSTRAINT "a_consultation_has_a_name_or_a_code" CHECK (("consultations"."person_id" is null) = ("consultations"."code_sha256" is not null))
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_pass_a_person_and_thread" UNIQUE("person_id","thread_id")
);
--> statement-breakpoint
ALTER TABLE "care_notes" ADD CONSTRAINT "care_notes_task_id_care_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."care_tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_words" ADD CONSTRAINT "consultation_words_consultation_id_consultations_id_fk" FOREIGN KEY ("consultation_id") REFERENCES "public"."consultations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "care_notes_by_task" ON "care_notes" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "care_tasks_by_assignee" ON "care_tasks" USING btree ("assignee","state");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_care_task_a_kind" ON "care_tasks" USING btree ("person_id","kind") WHERE "care_tasks"."state" = 'open';--> statement-breakpoint
CREATE INDEX "consultations_by_person" ON "consultations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "consultations_by_state" ON "consultations" USING btree ("state","received_at");--> statement-breakpoint
CREATE INDEX "passes_by_thread" ON "passes" USING btree ("thread_id");
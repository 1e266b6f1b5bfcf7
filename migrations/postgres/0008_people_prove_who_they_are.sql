CREATE TABLE "external_ids" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"issuer" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"linked_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"roles" json NOT NULL,
	"within" json NOT NULL,
	"proposed_by" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"effective_at" text collate "C",
	"state" text collate "C" NOT NULL,
	"decided_by" text collate "C",
	"decided_at" text collate "C",
	CONSTRAINT "grants_need_another_person" CHECK ("grants"."proposed_by" <> "grants"."person_id" and ("grants"."state" <> 'in_force' or "grants"."decided_by" is null
          or ("grants"."decided_by" <> "grants"."proposed_by" and "grants"."decided_by" <> "grants"."person_id")))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"by" text collate "C",
	"created_at" text collate "C" NOT NULL,
	"expires_at" text collate "C" NOT NULL,
	"used_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"public_key" text collate "C" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" json NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"last_used_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"used_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "staff_mails" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"to_address" text collate "C" NOT NULL,
	"content" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"next_attempt_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totps" (
	"person_id" text collate "C" PRIMARY KEY NOT NULL,
	"secret" text collate "C" NOT NULL,
	"confirmed_at" text collate "C",
	"last_step" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "within" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_seen_at" text collate "C";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "stage" text collate "C" DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "way" text collate "C" DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "targets" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
CREATE INDEX "external_ids_by_person" ON "external_ids" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_by_state" ON "grants" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "one_waiting_grant_a_person" ON "grants" USING btree ("person_id") WHERE "grants"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "invitations_by_person" ON "invitations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "passkeys_by_person" ON "passkeys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_by_person" ON "recovery_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
-- What is good for once is good for once.
CREATE TRIGGER recovery_codes_used_once BEFORE UPDATE ON recovery_codes
FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION refuse('a recovery code is used once');
--> statement-breakpoint
CREATE TRIGGER invitations_used_once BEFORE UPDATE ON invitations
FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION refuse('an invitation is used once');
--> statement-breakpoint
CREATE TRIGGER totps_go_forward BEFORE UPDATE OF last_step ON totps
FOR EACH ROW WHEN (NEW.secret = OLD.secret AND NEW.last_step <= OLD.last_step)
EXECUTE FUNCTION refuse('a one-time code is used once');
--> statement-breakpoint
CREATE TRIGGER grants_settled_once BEFORE UPDATE ON grants
FOR EACH ROW WHEN (OLD.state <> 'waiting')
EXECUTE FUNCTION refuse('roles that were granted or refused are not decided again');

CREATE TABLE "api_tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"sha256" text collate "C" NOT NULL,
	"scopes" json NOT NULL,
	"mailboxes" json,
	"created_by" text collate "C",
	"created_at" text collate "C" NOT NULL,
	"expires_at" text collate "C" NOT NULL,
	"needs_second" boolean NOT NULL,
	"state" text collate "C" NOT NULL,
	"approver" text collate "C",
	"ended_by" text collate "C",
	"ended_at" text collate "C",
	"last_used_on" text collate "C",
	CONSTRAINT "api_tokens_sha256_unique" UNIQUE("sha256"),
	CONSTRAINT "nobody_approves_their_own_token" CHECK ("api_tokens"."approver" is null or ("api_tokens"."created_by" is not null and "api_tokens"."approver" <> "api_tokens"."created_by")),
	CONSTRAINT "no_token_on_one_word_that_takes_two" CHECK ("api_tokens"."state" <> 'active' or not "api_tokens"."needs_second" or "api_tokens"."approver" is not null),
	CONSTRAINT "shielded_words_take_two_people" CHECK ("api_tokens"."needs_second" or "api_tokens"."created_by" is null or (cast("api_tokens"."scopes" as text) not like '%shielded:read%' and cast("api_tokens"."scopes" as text) not like '%muted:read%'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "one_living_token_a_name" ON "api_tokens" USING btree ("name") WHERE "api_tokens"."state" in ('active', 'waiting');
--> statement-breakpoint
-- by hand
CREATE TRIGGER api_tokens_stay_what_they_were_made BEFORE UPDATE ON api_tokens
FOR EACH ROW WHEN (NEW.sha256 <> OLD.sha256 OR NEW.name <> OLD.name
  OR NEW.scopes::text <> OLD.scopes::text OR NEW.mailboxes::text IS DISTINCT FROM OLD.mailboxes::text
  OR NEW.expires_at <> OLD.expires_at OR NEW.created_by IS DISTINCT FROM OLD.created_by
  OR NEW.needs_second <> OLD.needs_second
  OR (OLD.state IN ('declined', 'revoked') AND NEW.state <> OLD.state)
  OR (OLD.state = 'active' AND NEW.state NOT IN ('active', 'revoked')))
EXECUTE FUNCTION refuse('a token stays what it was made, and one that has ended never works again');--> statement-breakpoint
CREATE TRIGGER api_tokens_are_kept BEFORE DELETE ON api_tokens
FOR EACH ROW EXECUTE FUNCTION refuse('what a token was good for stays on record');

CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`scopes` text NOT NULL,
	`mailboxes` text,
	`created_by` text,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`needs_second` integer NOT NULL,
	`state` text NOT NULL,
	`approver` text,
	`ended_by` text,
	`ended_at` text,
	`last_used_on` text,
	CONSTRAINT "nobody_approves_their_own_token" CHECK("api_tokens"."approver" is null or ("api_tokens"."created_by" is not null and "api_tokens"."approver" <> "api_tokens"."created_by")),
	CONSTRAINT "no_token_on_one_word_that_takes_two" CHECK("api_tokens"."state" <> 'active' or not "api_tokens"."needs_second" or "api_tokens"."approver" is not null),
	CONSTRAINT "shielded_words_take_two_people" CHECK("api_tokens"."needs_second" or "api_tokens"."created_by" is null or (cast("api_tokens"."scopes" as text) not like '%shielded:read%' and cast("api_tokens"."scopes" as text) not like '%muted:read%'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_sha256_unique` ON `api_tokens` (`sha256`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_living_token_a_name` ON `api_tokens` (`name`) WHERE "api_tokens"."state" in ('active', 'waiting');
--> statement-breakpoint
-- by hand
CREATE TRIGGER api_tokens_stay_what_they_were_made BEFORE UPDATE ON api_tokens
WHEN NEW.sha256 <> OLD.sha256 OR NEW.name <> OLD.name OR NEW.scopes <> OLD.scopes
  OR NEW.mailboxes IS NOT OLD.mailboxes OR NEW.expires_at <> OLD.expires_at
  OR NEW.created_by IS NOT OLD.created_by OR NEW.needs_second <> OLD.needs_second
  OR (OLD.state IN ('declined', 'revoked') AND NEW.state <> OLD.state)
  OR (OLD.state = 'active' AND NEW.state NOT IN ('active', 'revoked'))
BEGIN SELECT RAISE(ABORT, 'a token stays what it was made, and one that has ended never works again'); END;--> statement-breakpoint
CREATE TRIGGER api_tokens_are_kept BEFORE DELETE ON api_tokens
BEGIN SELECT RAISE(ABORT, 'what a token was good for stays on record'); END;

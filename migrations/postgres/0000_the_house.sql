CREATE TABLE "alerts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"message_id" text collate "C" NOT NULL,
	"reasons" json NOT NULL,
	"raised_at" text collate "C" NOT NULL,
	"acknowledged_by" text collate "C",
	"acknowledged_at" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"message_id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"revision" bigint NOT NULL,
	"muted" boolean NOT NULL,
	"read" json NOT NULL,
	"rule_set" text collate "C" NOT NULL,
	"severity" bigint NOT NULL,
	"result" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"message_id" text collate "C" NOT NULL,
	"place" bigint NOT NULL,
	"filename" text collate "C" NOT NULL,
	"content_type" text collate "C" NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text collate "C" NOT NULL,
	CONSTRAINT "attachments_in_order" UNIQUE("message_id","place")
);
--> statement-breakpoint
CREATE TABLE "chain" (
	"id" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"revision" bigint NOT NULL,
	"how" text collate "C" NOT NULL,
	"outcome" text collate "C" NOT NULL,
	"needs_reply" boolean NOT NULL,
	"categories" json NOT NULL,
	"severity" bigint NOT NULL,
	"first_reviewer" text collate "C" NOT NULL,
	"second_reviewer" text collate "C" NOT NULL,
	"settled_by" text collate "C",
	"reason" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_decision_a_revision" UNIQUE("thread_id","revision"),
	CONSTRAINT "two_different_reviewers" CHECK ("decisions"."first_reviewer" <> "decisions"."second_reviewer"),
	CONSTRAINT "no_decider_among_the_reviewers" CHECK ("decisions"."settled_by" is null or "decisions"."settled_by" not in ("decisions"."first_reviewer", "decisions"."second_reviewer")),
	CONSTRAINT "settled_by_somebody" CHECK (("decisions"."how" = 'settled') = ("decisions"."settled_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" text collate "C" NOT NULL,
	"by" text collate "C",
	"kind" text collate "C" NOT NULL,
	"thread_id" text collate "C",
	"sender_id" text collate "C",
	"content" text collate "C" NOT NULL,
	"previous_hash" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	CONSTRAINT "events_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "exposures" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"message_id" text collate "C" NOT NULL,
	"passage" text collate "C" NOT NULL,
	"categories" json NOT NULL,
	"severity" bigint NOT NULL,
	"at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C" NOT NULL,
	"until" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"measure_id" text collate "C",
	"revision" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"author" text collate "C" NOT NULL,
	"approver" text collate "C",
	"from_address" text collate "C" NOT NULL,
	"from_name" text collate "C" NOT NULL,
	"to_address" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"body" text collate "C" NOT NULL,
	"content_sha256" text collate "C" NOT NULL,
	"message_id" text collate "C",
	"in_reply_to" text collate "C",
	"references" json NOT NULL,
	"remark" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"next_attempt_at" text collate "C",
	"lease_until" text collate "C",
	"answer" text collate "C" NOT NULL,
	"written_at" text collate "C" NOT NULL,
	"sent_at" text collate "C",
	CONSTRAINT "letters_messageId_unique" UNIQUE("message_id"),
	CONSTRAINT "nobody_approves_their_own" CHECK ("letters"."approver" is null or "letters"."approver" <> "letters"."author"),
	CONSTRAINT "nothing_leaves_unapproved" CHECK ("letters"."state" in ('draft', 'awaiting_approval', 'returned', 'cancelled') or ("letters"."approver" is not null and "letters"."message_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "mailboxes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"department" json NOT NULL,
	"address" text collate "C" NOT NULL,
	"folder" text collate "C" NOT NULL,
	"uid_validity" text collate "C",
	"uid" bigint NOT NULL,
	"last_contact_at" text collate "C",
	"trouble" text collate "C",
	CONSTRAINT "mailboxes_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"kind" text collate "C" NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"decision_id" text collate "C" NOT NULL,
	"first_reviewer" text collate "C" NOT NULL,
	"second_reviewer" text collate "C" NOT NULL,
	"proposer" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"skip_warning" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"confirmer" text collate "C",
	"proposed_at" text collate "C" NOT NULL,
	"announced_at" text collate "C",
	"review_at" text collate "C",
	"ends_at" text collate "C",
	CONSTRAINT "confirmer_uninvolved" CHECK ("measures"."confirmer" is null or "measures"."confirmer" not in ("measures"."first_reviewer", "measures"."second_reviewer", "measures"."proposer")),
	CONSTRAINT "in_force_only_if_confirmed" CHECK ("measures"."state" in ('proposed', 'declined') or "measures"."confirmer" is not null)
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"mailbox_id" text collate "C" NOT NULL,
	"direction" text collate "C" NOT NULL,
	"message_id" text collate "C",
	"in_reply_to" json NOT NULL,
	"references" json NOT NULL,
	"from_address" text collate "C" NOT NULL,
	"from_name" text collate "C" NOT NULL,
	"to" json NOT NULL,
	"cc" json NOT NULL,
	"subject" text collate "C" NOT NULL,
	"sent_at" text collate "C" NOT NULL,
	"received_at" text collate "C" NOT NULL,
	"text" text collate "C" NOT NULL,
	"html" text collate "C",
	"identity" text collate "C" NOT NULL,
	"nature" text collate "C" NOT NULL,
	"unreadable" text collate "C",
	"muted_by" text collate "C",
	"raw_sha256" text collate "C" NOT NULL,
	CONSTRAINT "messages_once_a_mailbox" UNIQUE("mailbox_id","raw_sha256")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"email" text collate "C" NOT NULL,
	"password_hash" text collate "C" NOT NULL,
	"roles" json NOT NULL,
	"language" text collate "C" NOT NULL,
	"disabled_at" text collate "C",
	CONSTRAINT "people_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "raws" (
	"sha256" text collate "C" PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"revision" bigint NOT NULL,
	"place" bigint NOT NULL,
	"reviewer" text collate "C" NOT NULL,
	"verdict" json NOT NULL,
	"demand" text collate "C" NOT NULL,
	"fair_request" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	CONSTRAINT "one_review_a_person_and_revision" UNIQUE("thread_id","revision","reviewer"),
	CONSTRAINT "one_review_a_place" UNIQUE("thread_id","revision","place"),
	CONSTRAINT "two_reviews_at_most" CHECK ("reviews"."place" in (1, 2))
);
--> statement-breakpoint
CREATE TABLE "search_texts" (
	"message_id" text collate "C" PRIMARY KEY NOT NULL,
	"thread_id" text collate "C" NOT NULL,
	"terms" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sender_addresses" (
	"address" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"proof" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"csrf_token" text collate "C" NOT NULL,
	"created_at" text collate "C" NOT NULL,
	"expires_at" text collate "C" NOT NULL,
	"ip" text collate "C" NOT NULL,
	"user_agent" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"mailbox_id" text collate "C" NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"subject_key" text collate "C" NOT NULL,
	"subject_shielded" boolean NOT NULL,
	"version" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"rank" bigint NOT NULL,
	"urgent" boolean NOT NULL,
	"disputed" boolean NOT NULL,
	"filed" boolean NOT NULL,
	"muted" boolean NOT NULL,
	"unverified" bigint NOT NULL,
	"severity" bigint NOT NULL,
	"categories" json NOT NULL,
	"flags" json NOT NULL,
	"gist" json NOT NULL,
	"message_count" bigint NOT NULL,
	"waiting_since" text collate "C" NOT NULL,
	"last_at" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_raw_sha256_raws_sha256_fk" FOREIGN KEY ("raw_sha256") REFERENCES "public"."raws"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_addresses" ADD CONSTRAINT "sender_addresses_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("acknowledged_at","raised_at");--> statement-breakpoint
CREATE INDEX "assessments_by_thread" ON "assessments" USING btree ("thread_id","revision");--> statement-breakpoint
CREATE INDEX "events_by_thread" ON "events" USING btree ("thread_id","seq");--> statement-breakpoint
CREATE INDEX "events_by_sender" ON "events" USING btree ("sender_id","seq");--> statement-breakpoint
CREATE INDEX "exposures_by_person" ON "exposures" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "letters_by_thread" ON "letters" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "letters_due" ON "letters" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_notice_of_a_kind_a_measure" ON "letters" USING btree ("measure_id","kind") WHERE "letters"."measure_id" is not null and "letters"."state" <> 'cancelled';--> statement-breakpoint
CREATE INDEX "measures_by_sender" ON "measures" USING btree ("sender_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "one_pending_measure_a_sender" ON "measures" USING btree ("sender_id") WHERE "measures"."state" in ('proposed', 'confirmed');--> statement-breakpoint
CREATE INDEX "messages_by_thread" ON "messages" USING btree ("thread_id","sent_at");--> statement-breakpoint
CREATE INDEX "messages_by_message_id" ON "messages" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "sender_addresses_by_sender" ON "sender_addresses" USING btree ("sender_id");--> statement-breakpoint
CREATE INDEX "threads_by_need" ON "threads" USING btree ("rank","waiting_since");--> statement-breakpoint
CREATE INDEX "threads_by_state" ON "threads" USING btree ("state","last_at");--> statement-breakpoint
CREATE INDEX "threads_by_sender" ON "threads" USING btree ("sender_id","subject_key","last_at");
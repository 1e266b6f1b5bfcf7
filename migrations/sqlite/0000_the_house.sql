CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`sender_id` text NOT NULL,
	`message_id` text NOT NULL,
	`reasons` text NOT NULL,
	`raised_at` text NOT NULL,
	`acknowledged_by` text,
	`acknowledged_at` text
);
--> statement-breakpoint
CREATE INDEX `alerts_open` ON `alerts` (`acknowledged_at`,`raised_at`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`message_id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`revision` integer NOT NULL,
	`muted` integer NOT NULL,
	`read` text NOT NULL,
	`rule_set` text NOT NULL,
	`severity` integer NOT NULL,
	`result` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `assessments_by_thread` ON `assessments` (`thread_id`,`revision`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`place` integer NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_in_order` ON `attachments` (`message_id`,`place`);--> statement-breakpoint
CREATE TABLE `chain` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`revision` integer NOT NULL,
	`how` text NOT NULL,
	`outcome` text NOT NULL,
	`needs_reply` integer NOT NULL,
	`categories` text NOT NULL,
	`severity` integer NOT NULL,
	`first_reviewer` text NOT NULL,
	`second_reviewer` text NOT NULL,
	`settled_by` text,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "two_different_reviewers" CHECK("decisions"."first_reviewer" <> "decisions"."second_reviewer"),
	CONSTRAINT "no_decider_among_the_reviewers" CHECK("decisions"."settled_by" is null or "decisions"."settled_by" not in ("decisions"."first_reviewer", "decisions"."second_reviewer")),
	CONSTRAINT "settled_by_somebody" CHECK(("decisions"."how" = 'settled') = ("decisions"."settled_by" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_decision_a_revision` ON `decisions` (`thread_id`,`revision`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text,
	`kind` text NOT NULL,
	`thread_id` text,
	`sender_id` text,
	`content` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_hash_unique` ON `events` (`hash`);--> statement-breakpoint
CREATE INDEX `events_by_thread` ON `events` (`thread_id`,`seq`);--> statement-breakpoint
CREATE INDEX `events_by_sender` ON `events` (`sender_id`,`seq`);--> statement-breakpoint
CREATE TABLE `exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`message_id` text NOT NULL,
	`passage` text NOT NULL,
	`categories` text NOT NULL,
	`severity` integer NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exposures_by_person` ON `exposures` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `letters` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`thread_id` text NOT NULL,
	`measure_id` text,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`author` text NOT NULL,
	`approver` text,
	`from_address` text NOT NULL,
	`from_name` text NOT NULL,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`content_sha256` text NOT NULL,
	`message_id` text,
	`in_reply_to` text,
	`references` text NOT NULL,
	`remark` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` text,
	`lease_until` text,
	`answer` text NOT NULL,
	`written_at` text NOT NULL,
	`sent_at` text,
	CONSTRAINT "nobody_approves_their_own" CHECK("letters"."approver" is null or "letters"."approver" <> "letters"."author"),
	CONSTRAINT "nothing_leaves_unapproved" CHECK("letters"."state" in ('draft', 'awaiting_approval', 'returned', 'cancelled') or ("letters"."approver" is not null and "letters"."message_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letters_messageId_unique` ON `letters` (`message_id`);--> statement-breakpoint
CREATE INDEX `letters_by_thread` ON `letters` (`thread_id`);--> statement-breakpoint
CREATE INDEX `letters_due` ON `letters` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_notice_of_a_kind_a_measure` ON `letters` (`measure_id`,`kind`) WHERE "letters"."measure_id" is not null and "letters"."state" <> 'cancelled';--> statement-breakpoint
CREATE TABLE `mailboxes` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`department` text NOT NULL,
	`address` text NOT NULL,
	`folder` text NOT NULL,
	`uid_validity` text,
	`uid` integer NOT NULL,
	`last_contact_at` text,
	`trouble` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailboxes_name_unique` ON `mailboxes` (`name`);--> statement-breakpoint
CREATE TABLE `measures` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`sender_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`decision_id` text NOT NULL,
	`first_reviewer` text NOT NULL,
	`second_reviewer` text NOT NULL,
	`proposer` text NOT NULL,
	`reason` text NOT NULL,
	`skip_warning` text NOT NULL,
	`state` text NOT NULL,
	`confirmer` text,
	`proposed_at` text NOT NULL,
	`announced_at` text,
	`review_at` text,
	`ends_at` text,
	FOREIGN KEY (`decision_id`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "confirmer_uninvolved" CHECK("measures"."confirmer" is null or "measures"."confirmer" not in ("measures"."first_reviewer", "measures"."second_reviewer", "measures"."proposer")),
	CONSTRAINT "in_force_only_if_confirmed" CHECK("measures"."state" in ('proposed', 'declined') or "measures"."confirmer" is not null)
);
--> statement-breakpoint
CREATE INDEX `measures_by_sender` ON `measures` (`sender_id`,`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_pending_measure_a_sender` ON `measures` (`sender_id`) WHERE "measures"."state" in ('proposed', 'confirmed');--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`mailbox_id` text NOT NULL,
	`direction` text NOT NULL,
	`message_id` text,
	`in_reply_to` text NOT NULL,
	`references` text NOT NULL,
	`from_address` text NOT NULL,
	`from_name` text NOT NULL,
	`to` text NOT NULL,
	`cc` text NOT NULL,
	`subject` text NOT NULL,
	`sent_at` text NOT NULL,
	`received_at` text NOT NULL,
	`text` text NOT NULL,
	`html` text,
	`identity` text NOT NULL,
	`nature` text NOT NULL,
	`unreadable` text,
	`muted_by` text,
	`raw_sha256` text NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`raw_sha256`) REFERENCES `raws`(`sha256`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `messages_by_thread` ON `messages` (`thread_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `messages_by_message_id` ON `messages` (`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_once_a_mailbox` ON `messages` (`mailbox_id`,`raw_sha256`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`password_hash` text NOT NULL,
	`roles` text NOT NULL,
	`language` text NOT NULL,
	`disabled_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);--> statement-breakpoint
CREATE TABLE `raws` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`revision` integer NOT NULL,
	`place` integer NOT NULL,
	`reviewer` text NOT NULL,
	`verdict` text NOT NULL,
	`demand` text NOT NULL,
	`fair_request` text NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	CONSTRAINT "two_reviews_at_most" CHECK("reviews"."place" in (1, 2))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_review_a_person_and_revision` ON `reviews` (`thread_id`,`revision`,`reviewer`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_review_a_place` ON `reviews` (`thread_id`,`revision`,`place`);--> statement-breakpoint
CREATE TABLE `search_texts` (
	`message_id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`terms` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sender_addresses` (
	`address` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	FOREIGN KEY (`sender_id`) REFERENCES `senders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sender_addresses_by_sender` ON `sender_addresses` (`sender_id`);--> statement-breakpoint
CREATE TABLE `senders` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`proof` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`csrf_token` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`ip` text NOT NULL,
	`user_agent` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `threads` (
	`id` text PRIMARY KEY NOT NULL,
	`mailbox_id` text NOT NULL,
	`sender_id` text NOT NULL,
	`subject` text NOT NULL,
	`subject_key` text NOT NULL,
	`subject_shielded` integer NOT NULL,
	`version` integer NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`rank` integer NOT NULL,
	`urgent` integer NOT NULL,
	`disputed` integer NOT NULL,
	`filed` integer NOT NULL,
	`muted` integer NOT NULL,
	`unverified` integer NOT NULL,
	`severity` integer NOT NULL,
	`categories` text NOT NULL,
	`flags` text NOT NULL,
	`gist` text NOT NULL,
	`message_count` integer NOT NULL,
	`waiting_since` text NOT NULL,
	`last_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `threads_by_need` ON `threads` (`rank`,`waiting_since`);--> statement-breakpoint
CREATE INDEX `threads_by_state` ON `threads` (`state`,`last_at`);--> statement-breakpoint
CREATE INDEX `threads_by_sender` ON `threads` (`sender_id`,`subject_key`,`last_at`);
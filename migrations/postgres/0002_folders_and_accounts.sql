CREATE TABLE "folders" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"mailbox_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"watched" boolean NOT NULL,
	"uid_validity" text collate "C",
	"uid" bigint NOT NULL,
	"mod_seq" text collate "C",
	"remaining" bigint NOT NULL,
	"first_synced_at" text collate "C",
	"last_contact_at" text collate "C",
	"lag_seconds" bigint,
	"trouble" json,
	CONSTRAINT "folders_once_a_mailbox" UNIQUE("mailbox_id","name")
);
--> statement-breakpoint
-- Every mailbox had one folder so far: its place in it goes along.
INSERT INTO folders (id, mailbox_id, name, watched, uid_validity, uid, remaining, first_synced_at, last_contact_at)
SELECT id, id, folder, true, uid_validity, uid, 0,
  CASE WHEN uid_validity IS NULL THEN NULL ELSE last_contact_at END, last_contact_at FROM mailboxes;
--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "from_name" text collate "C";--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "account" json;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "secret" text collate "C";--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "after_storing" json DEFAULT '{"kind":"leave"}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "paused_at" text collate "C";--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailboxes" DROP COLUMN "folder";--> statement-breakpoint
ALTER TABLE "mailboxes" DROP COLUMN "uid_validity";--> statement-breakpoint
ALTER TABLE "mailboxes" DROP COLUMN "uid";--> statement-breakpoint
ALTER TABLE "mailboxes" DROP COLUMN "last_contact_at";--> statement-breakpoint
ALTER TABLE "mailboxes" DROP COLUMN "trouble";
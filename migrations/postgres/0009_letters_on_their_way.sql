CREATE TABLE "outgoing" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"raw_sha256" text collate "C" NOT NULL,
	"copy" text collate "C" DEFAULT 'due' NOT NULL,
	"copy_attempts" bigint DEFAULT 0 NOT NULL,
	"copy_at" text collate "C" NOT NULL,
	"copy_trouble" text collate "C" DEFAULT '' NOT NULL,
	"looks" bigint DEFAULT 0 NOT NULL,
	"look_at" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "handed_over" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "sent_copies" json DEFAULT '{"kind":"none"}'::json NOT NULL;--> statement-breakpoint
CREATE INDEX "outgoing_copies" ON "outgoing" USING btree ("copy","copy_at");--> statement-breakpoint
-- From before it was noted when the end of a mail goes out: any attempt may have got there.
UPDATE letters SET handed_over = true WHERE attempts > 0;--> statement-breakpoint
CREATE TRIGGER outgoing_keeps_its_bytes BEFORE UPDATE OF raw_sha256 ON outgoing
FOR EACH ROW EXECUTE FUNCTION refuse('the bytes of a letter are made once');

CREATE TABLE "notifications" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"thread_id" text collate "C",
	"mailbox_id" text collate "C",
	"path" text collate "C" NOT NULL,
	"severity" bigint NOT NULL,
	"categories" json NOT NULL,
	"source" text collate "C" NOT NULL,
	"at" text collate "C" NOT NULL,
	"read_at" text collate "C",
	"mail_at" text collate "C",
	CONSTRAINT "told_once" UNIQUE("person_id","kind","source")
);
--> statement-breakpoint
CREATE TABLE "told_desk" (
	"id" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"late_to" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told_settings" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"choices" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"webhook_id" text collate "C" NOT NULL,
	"kind" text collate "C" NOT NULL,
	"mailbox_id" text collate "C",
	"path" text collate "C" NOT NULL,
	"severity" bigint NOT NULL,
	"categories" json NOT NULL,
	"source" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"status" bigint,
	"trouble" text collate "C",
	"made_at" text collate "C" NOT NULL,
	"next_attempt_at" text collate "C",
	"ended_at" text collate "C",
	CONSTRAINT "posted_once" UNIQUE("webhook_id","kind","source"),
	CONSTRAINT "who_waits_has_a_time" CHECK (("webhook_deliveries"."state" = 'waiting') = ("webhook_deliveries"."next_attempt_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"owner_id" text collate "C",
	"name" text collate "C" NOT NULL,
	"format" text collate "C" NOT NULL,
	"host" text collate "C" NOT NULL,
	"secret" text collate "C" NOT NULL,
	"language" text collate "C" NOT NULL,
	"kinds" json NOT NULL,
	"mailboxes" json,
	"failures" bigint DEFAULT 0 NOT NULL,
	"paused_at" text collate "C",
	"created_at" text collate "C" NOT NULL,
	"removed_at" text collate "C",
	"version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_by_person" ON "notifications" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("person_id","read_at");--> statement-breakpoint
CREATE INDEX "notifications_to_mail" ON "notifications" USING btree ("mail_at");--> statement-breakpoint
CREATE INDEX "notifications_by_source" ON "notifications" USING btree ("source");--> statement-breakpoint
CREATE INDEX "notifications_by_path" ON "notifications" USING btree ("path");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_source" ON "webhook_deliveries" USING btree ("source");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_path" ON "webhook_deliveries" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "one_own_webhook_a_person" ON "webhooks" USING btree ("owner_id") WHERE "webhooks"."removed_at" is null and "webhooks"."owner_id" is not null;
--> statement-breakpoint
-- by hand
CREATE TRIGGER webhook_deliveries_end_once BEFORE UPDATE ON webhook_deliveries
FOR EACH ROW WHEN (OLD.state <> 'waiting' OR NEW.id <> OLD.id OR NEW.webhook_id <> OLD.webhook_id
  OR NEW.attempts < OLD.attempts)
EXECUTE FUNCTION refuse('a delivery ends once');

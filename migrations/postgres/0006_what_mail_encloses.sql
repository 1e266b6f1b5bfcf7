ALTER TABLE "attachments" ADD COLUMN "inline" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "header" text collate "C";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "protection" text collate "C" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "enclosures" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reader" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "messages_unreadable" ON "messages" USING btree ("reader") WHERE "messages"."unreadable" is not null;
CREATE TABLE "trusted_servers" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"accepted_by" text collate "C" NOT NULL,
	"accepted_at" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "ground" json;
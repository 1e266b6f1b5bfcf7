CREATE TABLE "picture_senders" (
	"sender_id" text collate "C" PRIMARY KEY NOT NULL,
	"allowed_by" text collate "C" NOT NULL,
	"allowed_at" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"person_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"query" text collate "C" NOT NULL,
	CONSTRAINT "one_view_a_name" UNIQUE("person_id","name")
);

CREATE TABLE "checkpoints" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"at" text collate "C" NOT NULL,
	"events" bigint NOT NULL,
	"head" text collate "C" NOT NULL,
	"list_sha256" text collate "C" NOT NULL,
	"public_key" text collate "C" NOT NULL,
	"signature" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
FOR EACH ROW EXECUTE FUNCTION refuse('a checkpoint never changes');
--> statement-breakpoint
CREATE TRIGGER checkpoints_never_go BEFORE DELETE ON checkpoints
FOR EACH ROW EXECUTE FUNCTION refuse('a checkpoint is never deleted');
--> statement-breakpoint
CREATE TRIGGER checkpoints_are_not_emptied BEFORE TRUNCATE ON checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a checkpoint is never deleted');
--> statement-breakpoint
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse('events are append-only: an event is never deleted');

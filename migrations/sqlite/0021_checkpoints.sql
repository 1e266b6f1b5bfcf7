CREATE TABLE `checkpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`events` integer NOT NULL,
	`head` text NOT NULL,
	`list_sha256` text NOT NULL,
	`public_key` text NOT NULL,
	`signature` text NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint never changes'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoints_never_go BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;

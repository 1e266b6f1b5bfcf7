CREATE TABLE `leads` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`lead` text NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `leads_by_lead` ON `leads` (`lead`);--> statement-breakpoint
ALTER TABLE `threads` ADD `reference` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `threads` ADD `joined_into` text;--> statement-breakpoint
CREATE INDEX `threads_by_reference` ON `threads` (`reference`);--> statement-breakpoint
UPDATE threads SET reference = upper(substr(replace(id, '-', ''), -8));
--> statement-breakpoint
CREATE TRIGGER messages_never_into_a_joined_thread BEFORE INSERT ON messages
WHEN (SELECT joined_into FROM threads WHERE id = NEW.thread_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a thread that was joined into another one holds no mail'); END;
--> statement-breakpoint
CREATE TRIGGER messages_never_moved_into_a_joined_thread BEFORE UPDATE OF thread_id ON messages
WHEN (SELECT joined_into FROM threads WHERE id = NEW.thread_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a thread that was joined into another one holds no mail'); END;
--> statement-breakpoint
CREATE TRIGGER threads_joined_away_hold_no_mail BEFORE UPDATE OF joined_into ON threads
WHEN NEW.joined_into IS NOT NULL AND EXISTS (SELECT 1 FROM messages WHERE thread_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a thread that was joined into another one holds no mail'); END;
--> statement-breakpoint
CREATE TRIGGER threads_joined_away_have_nothing_under_way BEFORE UPDATE OF joined_into ON threads
WHEN NEW.joined_into IS NOT NULL AND OLD.joined_into IS NULL AND (EXISTS (
  SELECT 1 FROM letters WHERE thread_id = NEW.id
    AND state IN ('draft', 'awaiting_approval', 'returned', 'queued', 'sending', 'uncertain'))
  OR EXISTS (SELECT 1 FROM measures WHERE thread_id = NEW.id
    AND state IN ('proposed', 'confirmed', 'not_announced')))
BEGIN SELECT RAISE(ABORT, 'a thread with a letter or a measure under way is not emptied'); END;

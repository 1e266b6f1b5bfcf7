-- A row's place was its hidden number, which VACUUM may change. All terms are made again at the next
-- start: what is dropped here follows from the messages.
DROP TABLE `search_index`;--> statement-breakpoint
DROP TABLE `search_texts`;--> statement-breakpoint
CREATE TABLE `search_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`terms_make` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_texts` (
	`place` integer PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL,
	`terms` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_texts_messageId_unique` ON `search_texts` (`message_id`);--> statement-breakpoint
CREATE INDEX `messages_by_time` ON `messages` (`sent_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_by_time` ON `threads` (`last_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_by_severity` ON `threads` (`severity`,`last_at`);--> statement-breakpoint
CREATE INDEX `threads_by_mailbox` ON `threads` (`mailbox_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `threads_with_categories` ON `threads` (`last_at`,`id`) WHERE cast(`categories` as text) <> '[]';--> statement-breakpoint
-- Terms are separated by spaces and hold no other sign of ASCII than letters and digits.
CREATE VIRTUAL TABLE search_index USING fts5(
  terms, content='search_texts', content_rowid='place', tokenize='ascii'
);
--> statement-breakpoint
CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts
BEGIN INSERT INTO search_index (rowid, terms) VALUES (NEW.place, NEW.terms); END;
--> statement-breakpoint
CREATE TRIGGER search_texts_gone AFTER DELETE ON search_texts
BEGIN INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.place, OLD.terms); END;
--> statement-breakpoint
CREATE TRIGGER search_texts_made_again AFTER UPDATE ON search_texts
BEGIN
  INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.place, OLD.terms);
  INSERT INTO search_index (rowid, terms) VALUES (NEW.place, NEW.terms);
END;

-- What the domain refuses the database refuses too.
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event never changes'); END;
--> statement-breakpoint
CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER events_follow_one_another BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
  OR NEW.previous_hash <> coalesce((SELECT hash FROM events WHERE seq = NEW.seq - 1), '')
BEGIN SELECT RAISE(ABORT, 'events are append-only: an event must follow the last one'); END;
--> statement-breakpoint
CREATE TRIGGER reviews_never_change BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review never changes'); END;
--> statement-breakpoint
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'a review is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER exposures_never_change BEFORE UPDATE ON exposures
BEGIN SELECT RAISE(ABORT, 'an exposure never changes'); END;
--> statement-breakpoint
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
--> statement-breakpoint
CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER decisions_rest_on_two_reviews BEFORE INSERT ON decisions
WHEN NOT EXISTS (SELECT 1 FROM reviews WHERE thread_id = NEW.thread_id
    AND revision = NEW.revision AND place = 1 AND reviewer = NEW.first_reviewer)
  OR NOT EXISTS (SELECT 1 FROM reviews WHERE thread_id = NEW.thread_id
    AND revision = NEW.revision AND place = 2 AND reviewer = NEW.second_reviewer)
BEGIN SELECT RAISE(ABORT, 'a decision rests on two reviews by its two reviewers'); END;
--> statement-breakpoint
CREATE TRIGGER measures_rest_on_a_harassment_decision BEFORE INSERT ON measures
WHEN NEW.state <> 'proposed' OR NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id
    AND thread_id = NEW.thread_id AND outcome = 'harassment'
    AND first_reviewer = NEW.first_reviewer AND second_reviewer = NEW.second_reviewer)
BEGIN SELECT RAISE(ABORT, 'a measure starts as a proposal on a harassment decision'); END;
--> statement-breakpoint
CREATE TRIGGER measures_in_force_only_once_announced BEFORE UPDATE OF state ON measures
WHEN NEW.state = 'in_force' AND NOT EXISTS (SELECT 1 FROM letters
    WHERE measure_id = NEW.id AND kind = NEW.kind AND state = 'sent')
BEGIN SELECT RAISE(ABORT, 'a measure is in force only once its notice was accepted'); END;
--> statement-breakpoint
CREATE TRIGGER measures_keep_their_people BEFORE UPDATE ON measures
WHEN NEW.first_reviewer <> OLD.first_reviewer OR NEW.second_reviewer <> OLD.second_reviewer
  OR NEW.proposer <> OLD.proposer OR NEW.sender_id <> OLD.sender_id OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'the people of a measure never change'); END;
--> statement-breakpoint
CREATE TRIGGER letters_keep_their_message_id BEFORE UPDATE ON letters
WHEN OLD.message_id IS NOT NULL AND (NEW.message_id IS NOT OLD.message_id
  OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.body <> OLD.body
  OR NEW.subject <> OLD.subject OR NEW.to_address <> OLD.to_address)
BEGIN SELECT RAISE(ABORT, 'an approved letter never changes'); END;
--> statement-breakpoint
CREATE TRIGGER letters_sent_stay_sent BEFORE UPDATE OF state ON letters
WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN SELECT RAISE(ABORT, 'a sent letter is not sent again'); END;
--> statement-breakpoint
-- The lease ends just after now: a suspension that outlasts it mutes the sender.
CREATE TRIGGER letters_no_reply_to_a_muted_sender BEFORE UPDATE OF state ON letters
WHEN NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM measures JOIN threads ON threads.sender_id = measures.sender_id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until)
BEGIN SELECT RAISE(ABORT, 'no reply leaves to a muted sender'); END;
--> statement-breakpoint
CREATE TRIGGER raws_never_change BEFORE UPDATE ON raws
BEGIN SELECT RAISE(ABORT, 'the original bytes of a mail never change'); END;
--> statement-breakpoint
CREATE TRIGGER messages_keep_their_bytes BEFORE UPDATE OF raw_sha256 ON messages
BEGIN SELECT RAISE(ABORT, 'a message keeps its original bytes'); END;
--> statement-breakpoint
INSERT INTO chain (id, seq, hash) VALUES (1, 0, '');
--> statement-breakpoint
CREATE VIRTUAL TABLE search_index USING fts5(
  terms, content='search_texts', tokenize='unicode61 remove_diacritics 0'
);
--> statement-breakpoint
CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts
BEGIN INSERT INTO search_index (rowid, terms) VALUES (NEW.rowid, NEW.terms); END;
--> statement-breakpoint
CREATE TRIGGER search_texts_gone AFTER DELETE ON search_texts
BEGIN INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', OLD.rowid, OLD.terms); END;

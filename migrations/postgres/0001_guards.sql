-- What the domain refuses the database refuses too: the same guards as on SQLite.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
--> statement-breakpoint
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
FOR EACH ROW EXECUTE FUNCTION refuse('events are append-only: an event never changes');
--> statement-breakpoint
CREATE TRIGGER events_never_go BEFORE DELETE ON events
FOR EACH ROW EXECUTE FUNCTION refuse('events are append-only: an event is never deleted');
--> statement-breakpoint
CREATE FUNCTION events_follow_one_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
  OR NEW.previous_hash <> coalesce((SELECT hash FROM events WHERE seq = NEW.seq - 1), '') THEN
    RAISE EXCEPTION 'events are append-only: an event must follow the last one';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_follow_one_another BEFORE INSERT ON events
FOR EACH ROW EXECUTE FUNCTION events_follow_one_another();
--> statement-breakpoint
CREATE TRIGGER reviews_never_change BEFORE UPDATE ON reviews
FOR EACH ROW EXECUTE FUNCTION refuse('a review never changes');
--> statement-breakpoint
CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
FOR EACH ROW EXECUTE FUNCTION refuse('a review is never deleted');
--> statement-breakpoint
CREATE TRIGGER exposures_never_change BEFORE UPDATE ON exposures
FOR EACH ROW EXECUTE FUNCTION refuse('an exposure never changes');
--> statement-breakpoint
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
FOR EACH ROW EXECUTE FUNCTION refuse('a decision never changes');
--> statement-breakpoint
CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
FOR EACH ROW EXECUTE FUNCTION refuse('a decision is never deleted');
--> statement-breakpoint
CREATE FUNCTION decisions_rest_on_two_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM reviews WHERE thread_id = NEW.thread_id
    AND revision = NEW.revision AND place = 1 AND reviewer = NEW.first_reviewer)
  OR NOT EXISTS (SELECT 1 FROM reviews WHERE thread_id = NEW.thread_id
    AND revision = NEW.revision AND place = 2 AND reviewer = NEW.second_reviewer) THEN
    RAISE EXCEPTION 'a decision rests on two reviews by its two reviewers';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_rest_on_two_reviews BEFORE INSERT ON decisions
FOR EACH ROW EXECUTE FUNCTION decisions_rest_on_two_reviews();
--> statement-breakpoint
CREATE FUNCTION measures_rest_on_a_harassment_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'proposed' OR NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id
    AND thread_id = NEW.thread_id AND outcome = 'harassment'
    AND first_reviewer = NEW.first_reviewer AND second_reviewer = NEW.second_reviewer) THEN
    RAISE EXCEPTION 'a measure starts as a proposal on a harassment decision';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER measures_rest_on_a_harassment_decision BEFORE INSERT ON measures
FOR EACH ROW EXECUTE FUNCTION measures_rest_on_a_harassment_decision();
--> statement-breakpoint
CREATE FUNCTION measures_in_force_only_once_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'in_force' AND NOT EXISTS (SELECT 1 FROM letters
    WHERE measure_id = NEW.id AND kind = NEW.kind AND state = 'sent') THEN
    RAISE EXCEPTION 'a measure is in force only once its notice was accepted';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER measures_in_force_only_once_announced BEFORE UPDATE OF state ON measures
FOR EACH ROW EXECUTE FUNCTION measures_in_force_only_once_announced();
--> statement-breakpoint
CREATE TRIGGER measures_keep_their_people BEFORE UPDATE ON measures
FOR EACH ROW WHEN (NEW.first_reviewer <> OLD.first_reviewer OR NEW.second_reviewer <> OLD.second_reviewer
  OR NEW.proposer <> OLD.proposer OR NEW.sender_id <> OLD.sender_id OR NEW.kind <> OLD.kind)
EXECUTE FUNCTION refuse('the people of a measure never change');
--> statement-breakpoint
CREATE TRIGGER letters_keep_their_message_id BEFORE UPDATE ON letters
FOR EACH ROW WHEN (OLD.message_id IS NOT NULL AND (NEW.message_id IS DISTINCT FROM OLD.message_id
  OR NEW.content_sha256 <> OLD.content_sha256 OR NEW.body <> OLD.body
  OR NEW.subject <> OLD.subject OR NEW.to_address <> OLD.to_address))
EXECUTE FUNCTION refuse('an approved letter never changes');
--> statement-breakpoint
CREATE TRIGGER letters_sent_stay_sent BEFORE UPDATE OF state ON letters
FOR EACH ROW WHEN (OLD.state = 'sent' AND NEW.state <> 'sent')
EXECUTE FUNCTION refuse('a sent letter is not sent again');
--> statement-breakpoint
CREATE FUNCTION letters_no_reply_to_a_muted_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'sending' AND NEW.kind = 'reply' AND EXISTS (
  SELECT 1 FROM measures JOIN threads ON threads.sender_id = measures.sender_id
  WHERE threads.id = NEW.thread_id AND measures.kind = 'suspension'
    AND measures.state = 'in_force' AND measures.ends_at > NEW.lease_until) THEN
    RAISE EXCEPTION 'no reply leaves to a muted sender';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER letters_no_reply_to_a_muted_sender BEFORE UPDATE OF state ON letters
FOR EACH ROW EXECUTE FUNCTION letters_no_reply_to_a_muted_sender();
--> statement-breakpoint
CREATE TRIGGER raws_never_change BEFORE UPDATE ON raws
FOR EACH ROW EXECUTE FUNCTION refuse('the original bytes of a mail never change');
--> statement-breakpoint
CREATE TRIGGER messages_keep_their_bytes BEFORE UPDATE OF raw_sha256 ON messages
FOR EACH ROW EXECUTE FUNCTION refuse('a message keeps its original bytes');
--> statement-breakpoint
INSERT INTO chain (id, seq, hash) VALUES (1, 0, '');
--> statement-breakpoint
-- The terms without their places: GIN finds the mails that hold all of them, and the text of the
-- terms tells which hold them side by side. A lexeme has 2,046 bytes at most.
ALTER TABLE search_texts ADD COLUMN vector tsvector NOT NULL;
--> statement-breakpoint
CREATE FUNCTION search_texts_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.vector := array_to_tsvector(ARRAY(
    SELECT DISTINCT left(term, 500) FROM unnest(string_to_array(NEW.terms, ' ')) AS term
     WHERE term <> ''));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_texts_vector BEFORE INSERT OR UPDATE ON search_texts
FOR EACH ROW EXECUTE FUNCTION search_texts_vector();
--> statement-breakpoint
CREATE INDEX search_texts_by_vector ON search_texts USING gin (vector);

-- All terms are made again at the next start: what is dropped here follows from the messages.
DROP TABLE "search_texts";--> statement-breakpoint
CREATE TABLE "search_state" (
	"id" bigint PRIMARY KEY NOT NULL,
	"terms_make" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_texts" (
	"place" bigint PRIMARY KEY NOT NULL,
	"message_id" text collate "C" NOT NULL,
	"terms" text collate "C" NOT NULL,
	"vector" tsvector NOT NULL,
	CONSTRAINT "search_texts_messageId_unique" UNIQUE("message_id")
);
--> statement-breakpoint
CREATE INDEX "messages_by_time" ON "messages" USING btree ("sent_at","id");--> statement-breakpoint
CREATE INDEX "threads_by_time" ON "threads" USING btree ("last_at","id");--> statement-breakpoint
CREATE INDEX "threads_by_severity" ON "threads" USING btree ("severity","last_at");--> statement-breakpoint
CREATE INDEX "threads_by_mailbox" ON "threads" USING btree ("mailbox_id","last_at");--> statement-breakpoint
CREATE INDEX "threads_with_categories" ON "threads" USING btree ("last_at","id") WHERE cast("categories" as text) <> '[]';--> statement-breakpoint
-- Places are given out one commit after the other. The terms without their order: GIN finds the
-- mails that hold all of them, and the terms themselves tell which stand side by side. `#3` is the
-- fourth stack of 2,048 mails, `##3` of 32,768: they find the newest ones. What waits to be indexed is read through by
-- every search, so that little of it may wait.
CREATE OR REPLACE FUNCTION search_texts_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place IS NULL THEN
    PERFORM pg_advisory_xact_lock(721064204);
    NEW.place := (SELECT coalesce(max(place), 0) + 1 FROM search_texts);
  END IF;
  NEW.vector := array_to_tsvector(ARRAY(
    SELECT DISTINCT term FROM unnest(string_to_array(NEW.terms, ' ')) AS term WHERE term <> '')
    || ARRAY['#' || NEW.place / 2048, '##' || NEW.place / 32768]);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_texts_vector BEFORE INSERT OR UPDATE ON search_texts
FOR EACH ROW EXECUTE FUNCTION search_texts_vector();
--> statement-breakpoint
CREATE INDEX search_texts_by_vector ON search_texts USING gin (vector)
WITH (gin_pending_list_limit = 512);
--> statement-breakpoint
-- The planner takes reading every mail for cheap, as it does not count what is stored beside the
-- table: here the index is always asked.
CREATE FUNCTION search_found(wanted tsquery) RETURNS TABLE (place bigint, message_id text)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT place, message_id FROM search_texts WHERE vector @@ wanted
$$;

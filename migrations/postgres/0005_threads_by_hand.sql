CREATE TABLE "leads" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"message_id" text collate "C" NOT NULL,
	"lead" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "reference" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "joined_into" text collate "C";--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leads_by_lead" ON "leads" USING btree ("lead");--> statement-breakpoint
CREATE INDEX "threads_by_reference" ON "threads" USING btree ("reference");--> statement-breakpoint
UPDATE threads SET reference = upper(right(replace(id, '-', ''), 8));
--> statement-breakpoint
CREATE FUNCTION messages_never_into_a_joined_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT joined_into FROM threads WHERE id = NEW.thread_id) IS NOT NULL THEN
    RAISE EXCEPTION 'a thread that was joined into another one holds no mail';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER messages_never_into_a_joined_thread BEFORE INSERT OR UPDATE OF thread_id ON messages
FOR EACH ROW EXECUTE FUNCTION messages_never_into_a_joined_thread();
--> statement-breakpoint
CREATE FUNCTION threads_joined_away_are_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.joined_into IS NOT NULL AND EXISTS (SELECT 1 FROM messages WHERE thread_id = NEW.id) THEN
    RAISE EXCEPTION 'a thread that was joined into another one holds no mail';
  END IF;
  IF NEW.joined_into IS NOT NULL AND OLD.joined_into IS NULL AND (EXISTS (
    SELECT 1 FROM letters WHERE thread_id = NEW.id
      AND state IN ('draft', 'awaiting_approval', 'returned', 'queued', 'sending', 'uncertain'))
    OR EXISTS (SELECT 1 FROM measures WHERE thread_id = NEW.id
      AND state IN ('proposed', 'confirmed', 'not_announced'))) THEN
    RAISE EXCEPTION 'a thread with a letter or a measure under way is not emptied';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER threads_joined_away_are_empty BEFORE UPDATE OF joined_into ON threads
FOR EACH ROW EXECUTE FUNCTION threads_joined_away_are_empty();

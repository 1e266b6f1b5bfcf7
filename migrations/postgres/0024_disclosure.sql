CREATE TABLE "disclosure_requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"sender_id" text collate "C" NOT NULL,
	"received_on" text collate "C" NOT NULL,
	"reason" text collate "C" NOT NULL,
	"identity_check" text collate "C" NOT NULL,
	"proposed_by" text collate "C" NOT NULL,
	"proposed_at" text collate "C" NOT NULL,
	"state" text collate "C" NOT NULL,
	"decided_by" text collate "C",
	"decided_at" text collate "C",
	"withheld" json NOT NULL,
	"answer" text collate "C" NOT NULL,
	CONSTRAINT "nobody_discloses_alone" CHECK ("disclosure_requests"."decided_by" <> "disclosure_requests"."proposed_by"),
	CONSTRAINT "disclosure_decided" CHECK (("disclosure_requests"."state" = 'open') = ("disclosure_requests"."decided_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_disclosure_a_sender" ON "disclosure_requests" USING btree ("sender_id") WHERE "disclosure_requests"."state" = 'open';
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_never_go BEFORE DELETE ON disclosure_requests
FOR EACH ROW 
EXECUTE FUNCTION refuse('a request is never deleted');
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_are_answered_once BEFORE UPDATE ON disclosure_requests
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason
  OR NEW.identity_check <> OLD.identity_check OR NEW.proposed_by <> OLD.proposed_by)
EXECUTE FUNCTION refuse('a request stays as it came, and is answered once');
--> statement-breakpoint
-- Nothing leaves for a person whose request was not answered with it by two people.
CREATE FUNCTION disclosure_is_given(request text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM disclosure_requests WHERE id = request AND state IN ('disclosed', 'partly'))
$$;
--> statement-breakpoint
CREATE TRIGGER data_is_disclosed_on_an_answered_request BEFORE INSERT ON events
FOR EACH ROW WHEN (NEW.kind = 'data_disclosed' AND NOT disclosure_is_given(NEW.content::jsonb ->> 'requestId'))
EXECUTE FUNCTION refuse('data is disclosed where two people have answered the request so');

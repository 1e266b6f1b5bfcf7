CREATE TABLE `disclosure_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`sender_id` text NOT NULL,
	`received_on` text NOT NULL,
	`reason` text NOT NULL,
	`identity_check` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`withheld` text NOT NULL,
	`answer` text NOT NULL,
	CONSTRAINT "nobody_discloses_alone" CHECK("disclosure_requests"."decided_by" <> "disclosure_requests"."proposed_by"),
	CONSTRAINT "disclosure_decided" CHECK(("disclosure_requests"."state" = 'open') = ("disclosure_requests"."decided_by" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_open_disclosure_a_sender` ON `disclosure_requests` (`sender_id`) WHERE "disclosure_requests"."state" = 'open';
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_never_go BEFORE DELETE ON disclosure_requests
BEGIN SELECT RAISE(ABORT, 'a request is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER disclosure_requests_are_answered_once BEFORE UPDATE ON disclosure_requests
WHEN OLD.state <> 'open' OR NEW.id <> OLD.id OR NEW.sender_id <> OLD.sender_id
  OR NEW.received_on <> OLD.received_on OR NEW.reason <> OLD.reason
  OR NEW.identity_check <> OLD.identity_check OR NEW.proposed_by <> OLD.proposed_by
BEGIN SELECT RAISE(ABORT, 'a request stays as it came, and is answered once'); END;
--> statement-breakpoint
-- Nothing leaves for a person whose request was not answered with it by two people.
CREATE TRIGGER data_is_disclosed_on_an_answered_request BEFORE INSERT ON events
WHEN NEW.kind = 'data_disclosed' AND NOT EXISTS (SELECT 1 FROM disclosure_requests
  WHERE id = json_extract(NEW.content, '$.requestId') AND state IN ('disclosed', 'partly'))
BEGIN SELECT RAISE(ABORT, 'data is disclosed where two people have answered the request so'); END;

CREATE INDEX "events_of_suspensions" ON "events" USING btree ("at") WHERE kind in ('measure_proposed', 'measure_confirmed', 'suspension_lifted', 'suspension_expired', 'objection_received');--> statement-breakpoint
CREATE INDEX "exposures_by_time" ON "exposures" USING btree ("at");--> statement-breakpoint
CREATE INDEX "messages_by_arrival" ON "messages" USING btree ("thread_id","direction","received_at");--> statement-breakpoint
CREATE INDEX "reviews_by_time" ON "reviews" USING btree ("at","place");
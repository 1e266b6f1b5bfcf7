/**
 * What the consultation desk does (相談窓口). That somebody reported something is no event: the log
 * would say when, and so whose sign-in was near. Desk acts name the report by its id alone.
 */
export type ConsultationEvent =
  | {
      readonly kind:
        | 'consultation_taken'
        | 'consultation_given_back'
        | 'consultation_answered'
        | 'consultation_closed'
      readonly consultationId: string
    }
  | {
      /** As the person who reported it wished. */
      readonly kind: 'consultation_became_incident'
      readonly consultationId: string
      /** The incident's id. */
      readonly became: string
    }

export type Wish = 'confidential' | 'incident'
export type ConsultationState = 'open' | 'closed'

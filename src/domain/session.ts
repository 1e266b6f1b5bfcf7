/** How far a sign-in has come: nothing of the product is seen before it is `full`. */
export type SessionStage = 'full' | 'second_factor' | 'enrolment'

import type { Day } from './business-day.ts'
import type { CareKind } from './care.ts'

/**
 * What is done for people (ケア). The log is read by auditors and administrators, so no event names
 * whom a task is for, holds a word, or says by whom where that is the person themselves.
 */
export type CareEvent =
  | {
      readonly kind: 'care_task_made'
      readonly taskId: string
      readonly care: CareKind
      /** The supervisor who sees to it; null where there was nobody. */
      readonly assignee: string | null
      readonly dueOn: Day
    }
  | {
      /** Taken by a supervisor, or handed to another one. */
      readonly kind: 'care_task_given'
      readonly taskId: string
      readonly assignee: string
    }
  | { readonly kind: 'care_task_done' | 'care_task_declined'; readonly taskId: string }
  | { readonly kind: 'care_note_written'; readonly taskId: string; readonly noteId: string }

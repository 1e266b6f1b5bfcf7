import type { Day } from './business-day.ts'
import type { CareTask } from './care.ts'
import type { ToldKind } from './told.kinds.ts'
import type { Telling } from './told.table.ts'
import { nowhere } from './told.ts'

/** What is told of an open task today: to its supervisor when it is due, to the person an offer. */
export function careTellingsOf(task: CareTask, today: Day): Telling[] {
  const { id, kind, assignee, personId, dueOn } = task
  const path = `/care/tasks/${id}`
  const isDue = dueOn <= today
  const when = dueOn < today ? 'late' : 'due'
  const offers = kind === 'contact' || (kind === 'stress_check' && isDue)
  return [
    ...(isDue && assignee !== null ? [told('care_due', assignee, path, `${id}:${when}`)] : []),
    ...(offers ? [told('care_offered', personId, path, id)] : []),
  ]
}

/** A report or an answer at the consultation desk. */
export function consultationTelling(
  kind: 'consultation_waiting' | 'consultation_answered',
  people: readonly string[],
  { id, place }: { readonly id: string; readonly place: number },
): Telling {
  const { severity, categories } = nowhere
  return {
    ...{ kind, severity, categories, threadId: null, mailboxId: null, once: false },
    path: `/consultation/${id}`,
    to: { people },
    except: [],
    source: `${kind}:${id}:${place}`,
  }
}

/** Only the kind and the way there. */
function told(kind: ToldKind, personId: string, path: string, about: string): Telling {
  const { severity, categories } = nowhere
  return {
    ...{ kind, path, severity, categories, threadId: null, mailboxId: null, once: false },
    to: { people: [personId] },
    except: [],
    source: `${kind}:${about}`,
  }
}

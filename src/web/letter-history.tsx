import type { FC } from 'hono/jsx'
import type { Event } from '../domain/event.ts'
import type { Text } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { viewOf } from './view.ts'

/** Everything that happened to a letter, from its first word to what machines reported on it. */
export async function letterHistory(
  c: Ctx,
  { id, threadId }: { readonly id: string; readonly threadId: string },
): Promise<Event[]> {
  const logged = await viewOf(c).log.ofThreads([threadId])
  return logged
    .map(({ event }) => event)
    .filter((event) => 'letterId' in event && event.letterId === id)
}

export const LetterHistory: FC<{
  c: Ctx
  events: readonly Event[]
  names: ReadonlyMap<string, string>
}> = ({ c, events, names }) => {
  const { text } = c.var
  return (
    <>
      <h2>{text.sending.history}</h2>
      <table class='log'>
        <tbody>
          {events.map((event) => (
            <tr>
              <td>
                <Time c={c} at={event.at} exact />
              </td>
              <td>{text.event[event.kind]}</td>
              <td>{event.by ? (names.get(event.by) ?? event.by) : text.bySystem}</td>
              <td class='address'>{wordsOf(event, text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function wordsOf(event: Event, text: Text): string {
  switch (event.kind) {
    case 'letter_sent':
      return event.response
    case 'letter_delayed':
    case 'letter_refused':
    case 'letter_uncertain':
      return event.reason
    case 'uncertainty_settled': {
      const { evidence, reason } = event
      return evidence ? text.sending.evidence[evidence.kind] : reason
    }
    case 'bounce_received':
      return `${text.sending.report.failed} ${event.status}`.trim()
    case 'report_received':
      return text.sending.report[event.report]
    default:
      return ''
  }
}

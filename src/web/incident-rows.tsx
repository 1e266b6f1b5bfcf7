import type { FC } from 'hono/jsx'
import type { IncidentLine } from '../store/incidents.ts'
import type { Ctx } from './env.ts'
import { CategoryChips, SeverityChip, Time } from './parts/chips.tsx'

/** Incidents as lines: what kind, when, what was found; never what was said. */
export const IncidentRows: FC<{ c: Ctx; incidents: readonly IncidentLine[] }> = ({
  c,
  incidents,
}) => {
  const { text, language } = c.var
  const words = text.senders
  return (
    <ol class='threads'>
      {incidents.map(({ decision, ...incident }) => (
        <li>
          <a class='thread-row' href={`/incidents/${incident.id}`}>
            <span class='who'>{incident.senderName || text.unknownSender}</span>
            <span class='subject'>
              {words.kind[incident.kind]}
              {incident.minutes !== null && ` · ${words.minutesValue(incident.minutes)}`}
            </span>
            <span class='gist'>{incident.department[language]}</span>
            <span class='chips'>
              {decision === null ? (
                <span class='chip accent'>{words.state[incident.state]}</span>
              ) : (
                <span class='chip neutral'>
                  {decision.outcome === 'harassment'
                    ? text.outcome.harassment
                    : words.outcomeOrdinary}
                </span>
              )}
              {decision && decision.severity > 0 && (
                <SeverityChip text={text} severity={decision.severity} />
              )}
              {decision && <CategoryChips text={text} codes={decision.categories} />}
            </span>
            <span class='when'>
              <Time c={c} at={incident.occurredAt} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

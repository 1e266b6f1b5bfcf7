import type { FC } from 'hono/jsx'
import type { QueueItem } from '../store/queue.ts'
import { fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import {
  CategoryChips,
  FlagChips,
  gistWords,
  inLanguage,
  SeverityChip,
  StateChip,
  Time,
} from './parts/chips.tsx'
import { Icon } from './parts/icon.tsx'
import { subjectOf } from './together.tsx'

/** Threads as lines: why here, how far, since when, without a harmful word. */
export const ThreadRows: FC<{
  c: Ctx
  items: readonly QueueItem[]
  names?: ReadonlyMap<string, string>
  /** The thread that is open beside the list. */
  beside?: string
}> = ({ c, items, names, beside }) => (
  <ol class='threads'>
    {items.map((item) => (
      <li class={item.urgent ? 'urgent' : undefined}>
        <ThreadRow
          c={c}
          item={item}
          putOffBy={names?.get(item.snoozed?.by ?? '')}
          open={item.id === beside}
        />
      </li>
    ))}
  </ol>
)

/** One of them. */
export const ThreadRow: FC<{
  c: Ctx
  item: QueueItem
  putOffBy?: string | undefined
  open?: boolean
}> = ({ c, item, putOffBy, open }) => {
  const { text, language } = c.var
  const subject = subjectOf(c, item)
  return (
    <a class='thread-row' href={`/threads/${item.id}`} aria-current={open ? 'page' : undefined}>
      <span class='who'>{item.senderName || text.unknownSender}</span>
      <span class={item.subject === null ? 'subject faint' : 'subject'}>{subject}</span>
      <span class='gist'>{gistWords(item.gist, text).join(' · ')}</span>
      <span class='chips'>
        {item.urgent && item.severity < 3 && (
          <span class='chip grave'>
            <Icon name='alert' />
            {text.urgent}
          </span>
        )}
        <StateChip text={text} state={item.state} />
        {item.severity > 0 && <SeverityChip text={text} severity={item.severity} />}
        <CategoryChips text={text} codes={item.categories} />
        <FlagChips text={text} codes={item.flags} />
        {item.assigneeName && (
          <span class='chip neutral'>{text.desk.assignee(item.assigneeName)}</span>
        )}
        {item.snoozed && putOffBy && (
          <span class='chip neutral'>
            {text.desk.snoozedUntil(fullTime(item.snoozed.until, language), putOffBy)}
          </span>
        )}
      </span>
      <span class='when'>
        <Time c={c} at={item.waitingSince} />
        <small>
          {inLanguage(item.department, language)}
          {item.messageCount > 1 && ` · ${text.mails(item.messageCount)}`}
        </small>
      </span>
    </a>
  )
}

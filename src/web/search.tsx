import type { FC } from 'hono/jsx'
import { mayWherever, reachOf } from '../domain/person.ts'
import type { Ctx } from './env.ts'
import { type Marked, marked } from './excerpt.ts'
import { type Answer, type FoundThread, find } from './found.ts'
import { page } from './frame.tsx'
import { CategoryChips, inLanguage, SeverityChip, StateChip, Time } from './parts/chips.tsx'
import { Banner } from './parts/fields.tsx'
import type { Routes } from './routes.ts'

/** Threads on one page of results. */
const pageSize = 20

/** Longer than any query may be, so that the mistake is named and not cut off. */
const typedLengthMax = 2_000

export function searchRoutes(routes: Routes): void {
  routes.get('/search', 'read', async (c) => {
    const typed = (c.req.query('q') ?? '').trim().slice(0, typedLengthMax)
    const { house, account, language, text } = c.var
    const after = c.req.query('after') ?? null
    const seeMuted = mayWherever(account, 'read_muted', 'read')
    const answer = await find(house, typed, language, {
      after,
      limit: pageSize,
      seeMuted,
      reach: reachOf(account, 'read'),
    })
    const title = typed === '' ? text.searchLabel : `${typed} · ${text.searchLabel}`
    return page(c, title, <SearchPage c={c} typed={typed} answer={answer} later={after !== null} />)
  })
}

type Shown = { c: Ctx; typed: string; answer: Answer; later: boolean }

const SearchPage: FC<Shown> = ({ c, typed, answer, later }) => {
  const { text } = c.var
  const nothing = answer.kind === 'wrong' || answer.threads.length === 0
  return (
    <section class='queue search'>
      <h1>{text.searchLabel}</h1>
      {answer.kind === 'wrong' ? (
        <Banner tone='caution'>{text.queryFault(answer.fault)}</Banner>
      ) : (
        typed !== '' && <Results c={c} typed={typed} answer={answer} later={later} />
      )}
      <SearchHelp c={c} open={nothing} />
    </section>
  )
}

type Results = Shown & { answer: Extract<Answer, { kind: 'found' }> }

const Results: FC<Results> = ({ c, typed, answer, later }) => {
  const { text } = c.var
  const { threads, next, count } = answer
  const href = (after: string | null) =>
    `/search?${new URLSearchParams({ q: typed, ...(after === null ? {} : { after }) })}`
  return (
    <>
      <p class='help' role='status'>
        {count.threads === 0
          ? text.searchNone(typed)
          : text.searchFound(count.threads, count.more, typed)}
      </p>
      <ol class='threads'>
        {threads.map((found) => (
          <li>
            <FoundRow c={c} answer={answer} found={found} />
          </li>
        ))}
      </ol>
      {(later || next !== null) && (
        <nav class='pager' aria-label={text.searchPages}>
          {later && <a href={href(null)}>{text.searchFirst}</a>}
          {next !== null && (
            <a href={href(next)} rel='next'>
              {text.nextPage}
            </a>
          )}
        </nav>
      )}
    </>
  )
}

const FoundRow: FC<{ c: Ctx; answer: Results['answer']; found: FoundThread }> = (props) => {
  const { c, answer, found } = props
  const { text, language } = c.var
  const { item, mail } = found
  const subject = item.subject === null ? null : item.subject || text.noSubject
  return (
    <a class='thread-row' href={`/threads/${item.id}#m-${mail.id}`}>
      <span class='who'>
        <Words words={marked(item.senderName || text.unknownSender, answer.query, 'from')} />
      </span>
      <span class={subject === null ? 'subject faint' : 'subject'}>
        {subject === null ? (
          text.shieldedSubject
        ) : (
          <Words words={marked(subject, answer.query, 'subject')} />
        )}
      </span>
      <ExcerptLine c={c} found={found} />
      <span class='chips'>
        <StateChip text={text} state={item.state} />
        {item.severity > 0 && <SeverityChip text={text} severity={item.severity} />}
        <CategoryChips text={text} codes={item.categories} />
      </span>
      <span class='when'>
        <Time c={c} at={mail.sentAt} />
        <small>
          {inLanguage(item.department, language)}
          {found.messageIds.length > 1 && ` · ${text.searchMails(found.messageIds.length)}`}
        </small>
      </span>
    </a>
  )
}

const ExcerptLine: FC<{ c: Ctx; found: FoundThread }> = ({ c, found: { excerpt } }) => {
  const { text } = c.var
  switch (excerpt.kind) {
    case 'words':
      return (
        <span class='gist excerpt'>
          <Words words={excerpt.words} />
        </span>
      )
    case 'kept_back':
      return <span class='gist faint'>{text.searchKeptBack}</span>
    case 'muted':
      return <span class='gist faint'>{text.searchMuted}</span>
    case 'none':
      return null
  }
}

const Words: FC<{ words: Marked }> = ({ words }) => (
  <>{words.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
)

/** How to ask, each way with an example that can be tried. */
const SearchHelp: FC<{ c: Ctx; open: boolean }> = ({ c, open }) => {
  const { text } = c.var
  return (
    <details class='search-help' open={open}>
      <summary>{text.searchHelpTitle}</summary>
      <dl>
        {text.searchHelp.map(({ example, words }) => (
          <div>
            <dt>
              <a href={`/search?${new URLSearchParams({ q: example })}`}>
                <code>{example}</code>
              </a>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

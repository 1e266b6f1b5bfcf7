import type { FC } from 'hono/jsx'
import type { ByTime } from '../store/newest-senders.ts'
import type { Ctx } from './env.ts'

/** Where a list by time goes on, as its address says; null for its beginning. */
export function beforeIn(c: Ctx): ByTime | null {
  const [, at = '', id = ''] =
    /^([\d\-T:.]{10,23}Z)_([\w-]{1,64})$/.exec(c.req.query('before') ?? '') ?? []
  return Number.isNaN(Date.parse(at)) ? null : { at, id }
}

type PagerProps = {
  label: string
  /** The list's address, with what narrows it. */
  path: string
  before: ByTime | null
  /** The last line of this page, where there are more. */
  last: ByTime | undefined
  words: { readonly newest: string; readonly older: string }
}

/** Back to the newest, and on to what is older. */
export const NewestPager: FC<PagerProps> = ({ label, path, before, last, words }) =>
  before === null && !last ? null : (
    <nav class='pager' aria-label={label}>
      {before !== null && <a href={path}>{words.newest}</a>}
      {last && (
        <a href={`${path}${path.includes('?') ? '&' : '?'}before=${last.at}_${last.id}`}>
          {words.older}
        </a>
      )}
    </nav>
  )

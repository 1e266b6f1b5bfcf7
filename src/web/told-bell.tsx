import type { FC } from 'hono/jsx'
import type { Ctx } from './env.ts'
import { Icon } from './parts/icon.tsx'
import { waitingOf } from './waiting.ts'

/** How much one was told of and has not read, on every page; live updates change the number only. */
export const Bell: FC<{ c: Ctx }> = async ({ c }) => {
  const { text } = c.var
  const n = (await waitingOf(c)).told ?? 0
  const here = new URL(c.req.url).pathname === '/notifications'
  return (
    <a
      class='bell'
      id='bell'
      href='/notifications'
      aria-current={here ? 'page' : undefined}
      data-none={text.told.bell(0)}
      data-some={text.told.bell(1).replace('1', '0')}
    >
      <Icon name='bell' />
      <span class='hidden'>{text.told.bell(n)}</span>
      <span class='count' hidden={n === 0} aria-hidden='true'>
        {n > 99 ? '99+' : n}
      </span>
    </a>
  )
}

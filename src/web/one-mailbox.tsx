import type { FC } from 'hono/jsx'
import type { Action } from '../domain/person.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { View } from '../store/store.ts'
import type { Ctx } from './env.ts'
import { inLanguage } from './parts/chips.tsx'
import { Tabs } from './parts/fields.tsx'
import { mailboxesOf, viewOf } from './view.ts'

/** A list as far as the person reaches, or of the one mailbox of theirs that the address names. */
export type Narrowed = {
  readonly view: View
  readonly mailboxes: readonly Mailbox[]
  /** The id of the one; empty for all. */
  readonly mailbox: string
}

/** What the address narrows to; a mailbox that is out of reach is taken for none. */
export async function narrowedTo(c: Ctx, action: Action = 'read'): Promise<Narrowed> {
  const mailboxes = await mailboxesOf(c, action)
  const asked = c.req.query('mailbox')
  const mailbox = mailboxes.find(({ id }) => id === asked)?.id ?? ''
  const view = mailbox === '' ? viewOf(c, action) : c.var.house.store.within([mailbox])
  return { view, mailboxes, mailbox }
}

type TabsProps = {
  c: Ctx
  mailboxes: readonly Mailbox[]
  mailbox: string
  href: (mailbox: string) => string
}

/** All mailboxes, or one of them; nothing to choose for who reads a single one. */
export const MailboxTabs: FC<TabsProps> = ({ c, mailboxes, mailbox, href }) => {
  const { text, language } = c.var
  if (mailboxes.length < 2) return null
  const all = { id: '', department: { ja: text.allMailboxes, en: text.allMailboxes } }
  return (
    <Tabs
      label={text.allMailboxes}
      tabs={[all, ...mailboxes].map(({ id, department }) => ({
        href: href(id),
        label: inLanguage(department, language),
        current: id === mailbox,
      }))}
    />
  )
}

/** A page's address with what narrows it; what is empty is left out. */
export function pathWith(path: string, narrowing: Readonly<Record<string, string>>): string {
  const given = Object.entries(narrowing).filter(([, value]) => value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

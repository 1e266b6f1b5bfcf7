import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import type { PolicyVersion } from '../domain/policy-words.ts'
import { hashOfPolicy, type Reader, type Readers, readersOf } from '../flow/policy.ts'
import { dayText, fullTime } from '../text/text.ts'
import { csvOf } from './csv.ts'
import { download } from './download.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Empty, Tabs } from './parts/fields.tsx'
import { Figures } from './parts/figures.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'

const path = '/policy/readers'

/** Who has read which version of the policy and who has not yet, as a page and as CSV. */
export function readerRoutes(routes: Routes): void {
  routes.get(path, 'see_policy_readers', readersPage)
  routes.get(`${path}.csv`, 'see_policy_readers', async (c) => {
    const { head } = c.var.text.policy
    const { rows, version } = await listFor(c)
    const cells = rows.map((one) => [
      ...[one.person.name, stateOf(c, one), one.confirmedAt ?? ''],
      ...[version.words.version, version.sha256],
    ])
    const names = [head.name, head.state, head.confirmed, head.version, head.mark]
    return download(c, Buffer.from(csvOf([names, ...cells])), 'mamori-policy-readers.csv')
  })
}

type Listed = {
  readonly version: PolicyVersion
  readonly versions: readonly PolicyVersion[]
  readonly current: boolean
  readonly readers: Readers
  readonly rows: readonly Reader[]
}

/** Of the version in force everybody; of an earlier one whoever confirmed it. */
async function listFor(c: Ctx): Promise<Listed> {
  const { house } = c.var
  const now = hashOfPolicy(house.policy)
  const versions = onceEach(await house.store.policies.versions())
  const asked = c.req.query('version') ?? now
  const version = versions.find(({ sha256 }) => sha256 === asked)
  if (!version) throw new Missing()
  const current = asked === now
  const readers = await readersOf(house, asked)
  const all = [...readers.staff, ...readers.former]
  const rows = current ? all : all.filter(({ confirmedAt }) => confirmedAt !== null)
  return { version, versions, current, readers, rows }
}

/** Words that came back are one version: who read them has read them. */
function onceEach(versions: readonly PolicyVersion[]): PolicyVersion[] {
  return versions.filter(
    ({ sha256 }, at) => versions.findIndex((one) => one.sha256 === sha256) === at,
  )
}

function stateOf(c: Ctx, { confirmedAt, absent, works }: Reader): string {
  const { state } = c.var.text.policy
  if (confirmedAt === null) return absent ? state.absent : state.waiting
  return works ? state.confirmed : state.former
}

async function readersPage(c: Ctx): Promise<Response> {
  const { text, language } = c.var
  const { policy: words } = text
  const listed = await listFor(c)
  const { version, versions } = listed
  return page(
    c,
    words.readers,
    <section>
      <p>
        <a href='/policy'>{words.back}</a>
      </p>
      <h1>{words.readers}</h1>
      <p class='help'>{words.readersLead}</p>
      {versions.length > 1 && (
        <Tabs
          label={words.versions}
          tabs={versions.map(({ sha256, words: of, at }) => ({
            href: `${path}?version=${sha256}`,
            label: words.versionOf(of.version, dayText(dayOf(at), language)),
            current: sha256 === version.sha256,
          }))}
        />
      )}
      <List c={c} listed={listed} />
    </section>,
  )
}

const List: FC<{ c: Ctx; listed: Listed }> = ({ c, listed }) => {
  const { text, language } = c.var
  const { policy: words } = text
  const { version, current, rows, readers } = listed
  const confirmed = readers.staff.filter(({ confirmedAt }) => confirmedAt !== null).length
  const title = words.versionOf(version.words.version, dayText(dayOf(version.at), language))
  const of = readers.staff.length
  const share = of === 0 ? words.shareNobody : words.share(confirmed, of)
  return (
    <section class='card' aria-labelledby='readers-title'>
      <h2 id='readers-title'>{title}</h2>
      <p>{current ? <strong>{share}</strong> : words.earlierReaders}</p>
      {rows.length === 0 && <Empty>{words.readersNone}</Empty>}
      {rows.length > 0 && (
        <Figures
          title={title}
          words={text.reports.table}
          head={[words.head.name, words.head.state, words.head.confirmed]}
          rows={rows.map((one) => [
            one.person.name,
            stateOf(c, one),
            one.confirmedAt === null ? '' : fullTime(one.confirmedAt, language),
          ])}
          class='training'
        />
      )}
      <p class='buttons'>
        <a href={`${path}.csv?version=${version.sha256}`}>{words.csv}</a>
        <a href={`/policy?version=${version.sha256}`}>{words.wordsOf}</a>
      </p>
    </section>
  )
}

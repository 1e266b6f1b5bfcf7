import type { FC } from 'hono/jsx'
import { type Drill, packs } from '../domain/drill.ts'
import { unseenOf } from '../domain/drill-choice.ts'
import { type Progress, progressOf, type Tally } from '../domain/drill-progress.ts'
import { may } from '../domain/person.ts'
import { beginDrill, poolFor } from '../flow/drills.ts'
import { drillCaseRoutes } from './drill-case.tsx'
import { certificateRoutes } from './drill-certificates.tsx'
import { packIn, packName } from './drill-packs.ts'
import { drillRecordRoutes } from './drill-records.tsx'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Empty, Form } from './parts/fields.tsx'
import { Figures } from './parts/figures.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** Training (研修): one's own drills, their cases, certificates, and the records of everybody. */
export function drillRoutes(routes: Routes): void {
  routes.get('/drills', 'own_settings', minePage)
  routes.post('/drills', 'drill', async (c) => {
    const pack = packIn((await readForm(c)).text('pack', 40), '/drills')
    const { person, house } = c.var
    const started = await beginDrill(house, { personId: person.id, pack }, person)
    if (started.kind === 'refused') throw new Refused(started.reason, '/drills')
    return c.redirect(`/drills/${started.drillId}`, 303)
  })
  certificateRoutes(routes)
  drillRecordRoutes(routes)
  drillCaseRoutes(routes)
}

async function minePage(c: Ctx): Promise<Response> {
  const { text, house, account } = c.var
  const words = text.drills
  const mine = await house.store.drills.ofPerson(account.id)
  const progress = progressOf(await house.store.drills.answersOf(account.id))
  const open = mine.filter(({ state }) => state === 'open')
  return page(
    c,
    words.title,
    <section class='narrow drills'>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      {may(account, 'see_training') && (
        <p>
          <a href='/drills/records'>{words.recordsGo}</a>
        </p>
      )}
      {open.length > 0 && <Open c={c} open={open} />}
      {may(account, 'drill') && <Packs c={c} open={open} />}
      <Mine c={c} progress={progress} />
      <section class='card' aria-labelledby='certificates-title'>
        <h2 id='certificates-title'>{words.certificates}</h2>
        <p>
          <a href='/drills/certificates'>{words.certificatesGo}</a>
        </p>
      </section>
    </section>,
  )
}

const Open: FC<{ c: Ctx; open: readonly Drill[] }> = ({ c, open }) => {
  const { text } = c.var
  return (
    <section class='card' aria-labelledby='open-title'>
      <h2 id='open-title'>{text.drills.openTitle}</h2>
      <ul class='plain care-tasks'>
        {open.map(({ id, pack, passed, cases }) => (
          <li>
            <a href={`/drills/${id}`}>{text.drills.goOn(packName(text, pack), passed, cases)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What can be started: all of it, then the categories in the policy's order. */
const Packs: FC<{ c: Ctx; open: readonly Drill[] }> = async ({ c, open }) => {
  const { text, house, account } = c.var
  const pool = await poolFor(house, account)
  const seen = await house.store.drills.seenBy(account.id)
  return (
    <section class='card' aria-labelledby='packs-title'>
      <h2 id='packs-title'>{text.drills.packsTitle}</h2>
      <p class='help'>{text.drills.packsLead}</p>
      <ul class='plain drill-packs'>
        {packs.map((pack) => {
          const left = unseenOf(pool, pack, seen)
          const name = packName(text, pack)
          const startable = left > 0 && !open.some((drill) => drill.pack === pack)
          return (
            <li>
              <span>
                {name} <small>{text.drills.unseen(left)}</small>
              </span>
              {startable && (
                <Form c={c} action='/drills' class='inline'>
                  <input type='hidden' name='pack' value={pack} />
                  <button type='submit' aria-label={`${text.drills.start}: ${name}`}>
                    {text.drills.start}
                  </button>
                </Form>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const Mine: FC<{ c: Ctx; progress: Progress }> = ({ c, progress }) => {
  const { text } = c.var
  const { drills: words, category } = text
  const { byCategory, byMonth } = progress
  return (
    <section class='card' aria-labelledby='progress-title'>
      <h2 id='progress-title'>{words.progress}</h2>
      <p class='help'>{words.progressLead}</p>
      {progress.answered === 0 && <Empty>{words.progressNone}</Empty>}
      {progress.answered > 0 && (
        <>
          <Tallies
            c={c}
            title={words.byCategory}
            head={words.head.category}
            lines={byCategory.map(({ code, ...tally }) => [
              code === 'ordinary' ? words.ordinary : category[code],
              tally,
            ])}
          />
          <Tallies
            c={c}
            title={words.overTime}
            head={words.head.month}
            lines={byMonth.map(({ month, ...tally }) => [month, tally])}
          />
        </>
      )}
    </section>
  )
}

type TalliesProps = {
  c: Ctx
  title: string
  head: string
  lines: readonly (readonly [string, Tally])[]
}

const Tallies: FC<TalliesProps> = ({ c, title, head, lines }) => {
  const { drills: words } = c.var.text
  return (
    <>
      <h3>{title}</h3>
      <Figures
        title={title}
        words={c.var.text.reports.table}
        head={[head, words.head.answered, words.head.agreed, words.head.exact]}
        rows={lines.map(([name, { answered, agreed, exact }]) => [
          ...[name, answered],
          ...[words.share(agreed, answered), words.share(exact, answered)],
        ])}
      />
    </>
  )
}

import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { agreementOf, type Drill, packs } from '../domain/drill.ts'
import { may, type Person, reachOf } from '../domain/person.ts'
import { type Training, titleLengthMax } from '../domain/training.ts'
import { beginDrill } from '../flow/drills.ts'
import { noteTraining, takeBackTraining } from '../flow/trainings.ts'
import { dayText } from '../text/text.ts'
import { csvOf } from './csv.ts'
import { download } from './download.ts'
import { packIn, packName } from './drill-packs.ts'
import { Elsewhere, Giving, Status } from './drill-staff.tsx'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Empty, Form } from './parts/fields.tsx'
import { Figures } from './parts/figures.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { mailboxesOf } from './view.ts'

const path = '/drills/records'

/** Who has done which training when (研修記録), for supervisors and auditors. */
export function drillRecordRoutes(routes: Routes): void {
  routes.get(path, 'see_training', recordsPage)
  routes.get('/drills/records.csv', 'see_training', async (c) => {
    const { head } = c.var.text.drills
    const names = [head.name, head.date, head.kind, head.what, head.cases, head.agreed, head.exact]
    const rows = (await recordsFor(c)).map((one) => cellsOf(c, one))
    return download(
      c,
      Buffer.from(csvOf([[...names, head.policy], ...rows])),
      'mamori-training.csv',
    )
  })
  routes.post(path, 'manage_training', async (c) => {
    const form = await readForm(c)
    const [personIds, allowed] = [form.all('person'), await peopleFor(c)]
    if (personIds.some((id) => !allowed.some((one) => one.id === id))) {
      throw new Refused('person_gone', path)
    }
    const given = { title: form.text('title', titleLengthMax), heldOn: form.text('day', 10) }
    const outcome = await noteTraining(c.var.house, { ...given, personIds }, c.var.person)
    return answer(c, outcome, path, 'trainingNoted')
  })
  routes.post('/drills/records/drills', 'manage_training', async (c) => {
    const form = await readForm(c)
    const pack = packIn(form.text('pack', 40), path)
    const personId = form.text('person', 64)
    if (!(await peopleFor(c)).some(({ id }) => id === personId)) {
      throw new Refused('person_gone', path)
    }
    const started = await beginDrill(c.var.house, { personId, pack }, c.var.person)
    if (started.kind === 'refused') throw new Refused(started.reason, path)
    return c.redirect(`${path}?done=drillGiven`, 303)
  })
  routes.post('/drills/records/:id/withdrawal', 'manage_training', async (c) => {
    const outcome = await takeBackTraining(c.var.house, c.req.param('id') ?? '', c.var.person)
    return answer(c, outcome, path, 'trainingTakenBack')
  })
}

/** One person's training of one day. */
export type TrainingRecord = { readonly person: Person; readonly on: string } & (
  | { readonly drill: Drill }
  | { readonly training: Training }
)

/** People of the mailboxes in reach; of all, where the role holds in all. */
async function peopleFor(c: Ctx): Promise<Person[]> {
  const { house, account } = c.var
  const people = await house.store.people.list()
  const all = reachOf(account, 'see_training') === 'all'
  const places = await mailboxesOf(c, 'see_training')
  return people
    .filter((one) => all || places.some(({ id }) => may(one, 'read', id)))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ja'))
}

/** Of people in reach, the newest first and those of one day by name. */
async function recordsFor(c: Ctx): Promise<TrainingRecord[]> {
  const { drills, trainings } = c.var.house.store
  const people = await peopleFor(c)
  const byId = new Map(people.map((one) => [one.id, one]))
  const completed = (await drills.completed()).flatMap((drill): TrainingRecord[] => {
    const person = byId.get(drill.personId)
    return person ? [{ person, on: dayOf(drill.endedAt ?? ''), drill }] : []
  })
  const held = (await trainings.list()).flatMap((training) =>
    training.personIds.flatMap((id): TrainingRecord[] => {
      const person = byId.get(id)
      return person ? [{ person, on: training.heldOn, training }] : []
    }),
  )
  const order = new Map(people.map(({ id }, at) => [id, at]))
  const at = ({ person }: TrainingRecord) => order.get(person.id) ?? 0
  return [...completed, ...held].toSorted((a, b) =>
    a.on === b.on ? at(a) - at(b) : a.on < b.on ? 1 : -1,
  )
}

function cellsOf(c: Ctx, record: TrainingRecord): (string | number)[] {
  const { text } = c.var
  const { drills: words } = text
  const { person, on } = record
  if ('training' in record) {
    return [person.name, on, words.kindElsewhere, record.training.title, '', '', '', '']
  }
  const { pack, answered, policyVersion } = record.drill
  const agreement = agreementOf(record.drill)
  const figures = agreement ? [agreement.agreed, agreement.exact] : ['', '']
  const what = [words.kindDrill, packName(text, pack), answered]
  return [person.name, on, ...what, ...figures, policyVersion]
}

/** The same as people read it. */
function shownOf(c: Ctx, record: TrainingRecord): (string | number)[] {
  const [name = '', on = '', , what = '', cases = '', agreed, , policy = ''] = cellsOf(c, record)
  const share = agreed === '' ? '' : c.var.text.drills.share(Number(agreed), Number(cases))
  return [dayText(String(on), c.var.language), name, what, cases, share, policy]
}

async function recordsPage(c: Ctx): Promise<Response> {
  const { text, account } = c.var
  const { drills: words } = text
  const people = await peopleFor(c)
  const records = await recordsFor(c)
  const active = people.filter(({ disabledAt }) => disabledAt === null)
  return page(
    c,
    words.records,
    <section class='drills'>
      <p>
        <a href='/drills'>{words.back}</a>
      </p>
      <h1>{words.records}</h1>
      <p class='help'>{words.recordsLead}</p>
      <Status c={c} people={active} records={records} />
      <Records c={c} records={records} />
      {may(account, 'manage_training') && (
        <>
          <Giving
            c={c}
            people={active.filter((one) => may(one, 'drill'))}
            packs={packs.map((value) => ({ value, label: packName(text, value) }))}
          />
          <Elsewhere c={c} people={active} />
        </>
      )}
    </section>,
  )
}

const Records: FC<{ c: Ctx; records: readonly TrainingRecord[] }> = ({ c, records }) => {
  const { text, account } = c.var
  const { drills: words } = text
  const { head } = words
  const withdrawable = may(account, 'manage_training')
    ? new Map(
        records.flatMap((one) => ('training' in one ? [[one.training.id, one.training]] : [])),
      )
    : new Map<string, Training>()
  return (
    <section class='card' aria-labelledby='list-title'>
      <h2 id='list-title'>{words.list}</h2>
      {records.length === 0 && <Empty>{words.listNone}</Empty>}
      {records.length > 0 && (
        <>
          <Figures
            title={words.list}
            words={text.reports.table}
            head={[head.date, head.name, head.what, head.cases, head.agreed, head.policy]}
            rows={records.map((one) => shownOf(c, one))}
            class='training'
          />
          <p>
            <a href='/drills/records.csv'>{words.csv}</a>
          </p>
          {[...withdrawable.values()].map(({ id, title }) => (
            <Form c={c} action={`/drills/records/${id}/withdrawal`} class='inline'>
              <button type='submit'>{words.takeBackOf(title)}</button>
            </Form>
          ))}
        </>
      )}
    </section>
  )
}

import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import type { Drill } from '../domain/drill.ts'
import { dayText } from '../text/text.ts'
import { packName } from './drill-packs.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { FactRows } from './parts/facts.tsx'
import { Empty } from './parts/fields.tsx'
import type { Routes } from './routes.ts'

/** One's own certificates, as they are printed. */
export function certificateRoutes(routes: Routes): void {
  routes.get('/drills/certificates', 'own_settings', certificatesPage)
}

async function certificatesPage(c: Ctx): Promise<Response> {
  const { text, house, account, language } = c.var
  const { drills: words } = text
  const mine = await house.store.drills.ofPerson(account.id)
  const completed = mine.filter(({ state, answered }) => state === 'done' && answered > 0)
  const trainings = (await house.store.trainings.list()).filter(({ personIds }) =>
    personIds.includes(account.id),
  )
  return page(
    c,
    words.certificates,
    <section class='narrow certificates'>
      <p class='screen-only'>
        <a href='/drills'>{words.back}</a>
      </p>
      <div class='title-row'>
        <h1>{words.certificates}</h1>
        <button type='button' class='quiet scripted' data-print>
          {text.print}
        </button>
      </div>
      <p class='help'>{words.certificatesLead}</p>
      {completed.length + trainings.length === 0 && <Empty>{words.certificatesNone}</Empty>}
      {completed.map((drill) => (
        <Certificate c={c} drill={drill} />
      ))}
      {trainings.map(({ id, title, heldOn }) => (
        <article class='card'>
          <h2>{words.certificate}</h2>
          <p>{words.certifiedElsewhere(account.name)}</p>
          <FactRows
            class='facts stacked'
            rows={[
              [words.head.what, title],
              [words.head.date, dayText(heldOn, language)],
              [words.recordNumber, id],
            ]}
          />
        </article>
      ))}
    </section>,
  )
}

const Certificate: FC<{ c: Ctx; drill: Drill }> = ({ c, drill }) => {
  const { text, language, account } = c.var
  const { drills: words } = text
  const { id, pack, answered, agreed, exact, policyVersion, endedAt } = drill
  return (
    <article class='card'>
      <h2>{words.certificate}</h2>
      <p>{words.certified(account.name)}</p>
      <FactRows
        class='facts stacked'
        rows={[
          [words.head.what, packName(text, pack)],
          [words.head.date, dayText(dayOf(endedAt ?? ''), language)],
          [words.head.cases, String(answered)],
          [words.head.agreed, words.share(agreed, answered)],
          [words.head.exact, words.share(exact, answered)],
          [words.head.policy, policyVersion],
          [words.recordNumber, id],
        ]}
      />
    </article>
  )
}

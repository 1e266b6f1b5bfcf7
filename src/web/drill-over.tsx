import type { FC } from 'hono/jsx'
import { type Drill, type DrillCase, differenceOf, isExact } from '../domain/drill.ts'
import { packName } from './drill-packs.ts'
import type { Ctx } from './env.ts'
import { FactRows } from './parts/facts.tsx'
import { Banner } from './parts/fields.tsx'

/** What a drill came to, with a way back to each case. */
export const Over: FC<{ c: Ctx; drill: Drill; cases: readonly DrillCase[] }> = ({
  c,
  drill,
  cases,
}) => {
  const { text } = c.var
  const { drills: words } = text
  const { answered, agreed, exact } = drill
  return (
    <section class='narrow drills'>
      <p>
        <a href='/drills'>{words.back}</a>
      </p>
      <h1>{words.over}</h1>
      {answered === 0 && <Banner tone='caution'>{words.overNone}</Banner>}
      {answered > 0 && (
        <section class='card'>
          <FactRows
            class='facts stacked'
            rows={[
              [words.head.what, packName(text, drill.pack)],
              [words.head.agreed, words.share(agreed, answered)],
              [words.head.exact, words.share(exact, answered)],
            ]}
          />
          <ul class='plain care-tasks'>
            {cases.map((one) => (
              <CaseLine c={c} drill={drill} one={one} />
            ))}
          </ul>
          <p>
            <a href='/drills/certificates'>{words.certificatesGo}</a>
          </p>
        </section>
      )}
    </section>
  )
}

const CaseLine: FC<{ c: Ctx; drill: Drill; one: DrillCase }> = ({ c, drill, one }) => {
  const { drills: words } = c.var.text
  const { answer, expected, place } = one
  if (!answer || !expected) return null
  const same = isExact(differenceOf(answer, expected))
  return (
    <li>
      <a href={`/drills/${drill.id}?case=${place}`}>{words.case(place, drill.cases)}</a>
      <span class={`chip ${same ? 'calm' : 'neutral'}`}>
        {same ? words.resultSame : words.resultDiffers}
      </span>
    </li>
  )
}

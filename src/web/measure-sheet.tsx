import type { FC } from 'hono/jsx'
import type { MeasureView } from './measure.tsx'
import { CategoryChips, gistWords, SeverityChip } from './parts/chips.tsx'

/**
 * The two questions of the guideline, apart: whether the demand is reasonable, which people alone
 * answer, and whether manner and means are acceptable, which rules may speak to.
 */
export const Sheet: FC<MeasureView> = (view) => {
  const { c, record } = view
  const { text } = c.var
  return (
    <section class='card' aria-labelledby='facts-title'>
      <h2 id='facts-title'>{text.facts}</h2>
      <ul>
        {gistWords(record.gist, text).map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      <div class='axes'>
        <Demand {...view} />
        <Manner {...view} />
      </div>
    </section>
  )
}

function reviewsIn({ measure, record }: MeasureView) {
  const decision = record.decisions.find(({ id }) => id === measure.decisionId)
  const reviews = record.reviews.filter(({ revision }) => revision === decision?.revision)
  return { decision, reviews }
}

const Demand: FC<MeasureView> = (view) => {
  const { c, names } = view
  const { text } = c.var
  return (
    <section aria-labelledby='demand-title'>
      <h3 id='demand-title'>{text.steps.demandTitle}</h3>
      <p class='help'>{text.steps.demandLead}</p>
      <ul class='reviews'>
        {reviewsIn(view).reviews.map(({ reviewer, demand, fairRequest }) => (
          <li>
            <span>
              <strong>{names.get(reviewer) ?? ''}</strong> {text.demandValue[demand]}
            </span>
            {fairRequest && (
              <small>
                {text.fairRequest}: {fairRequest}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Manner: FC<MeasureView> = (view) => {
  const { c, names, matter } = view
  const { text } = c.var
  const { decision, reviews } = reviewsIn(view)
  const { assessed } = matter.thread
  return (
    <section aria-labelledby='manner-title'>
      <h3 id='manner-title'>{text.steps.mannerTitle}</h3>
      <p class='help'>{text.steps.mannerLead}</p>
      <p class='chips'>
        <small>{text.steps.mannerRules}</small>
        {assessed && <SeverityChip text={text} severity={assessed.severity} />}
        {assessed && assessed.categories.length > 0 ? (
          <CategoryChips text={text} codes={assessed.categories} />
        ) : (
          <span class='chip neutral'>{text.steps.noCategories}</span>
        )}
      </p>
      {decision && (
        <p class='chips'>
          <small>{text.steps.mannerPeople}</small>
          <SeverityChip text={text} severity={decision.severity} />
          <CategoryChips text={text} codes={decision.categories} />
        </p>
      )}
      <ul class='reviews'>
        {reviews.map(({ reviewer, verdict, reason }) => (
          <li>
            <span>
              <strong>{names.get(reviewer) ?? ''}</strong> {text.verdictName[verdict.kind]}
            </span>
            <p class='words'>{reason}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

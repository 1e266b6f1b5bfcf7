import type { FC } from 'hono/jsx'
import type { Ctx } from './env.ts'
import { Choice, Form, Tick } from './parts/fields.tsx'
import { Found } from './review-form.tsx'

/** A review in short; nothing is chosen beforehand. */
export const AnswerForm: FC<{ c: Ctx; drillId: string; place: number }> = ({
  c,
  drillId,
  place,
}) => {
  const { text } = c.var
  const { drills: words } = text
  return (
    <section class='card' aria-labelledby='answer-title'>
      <h2 id='answer-title'>{words.answerTitle}</h2>
      <p class='help'>{words.caseLead}</p>
      <Form c={c} action={`/drills/${drillId}/answers`} class='stack review'>
        <input type='hidden' name='case' value={String(place)} />
        <Choice
          name='verdict'
          kind='radio'
          legend={text.verdict}
          options={[
            { value: 'ordinary', label: text.verdictOrdinary },
            { value: 'harassment', label: text.verdictHarassment },
          ]}
        />
        <div class='when-harassment stack'>
          <Found c={c} suggested={null} />
          <fieldset class='choice'>
            <legend>{words.elements}</legend>
            <Tick name='superiorPosition' label={text.elementSuperior} />
            <Tick name='improperConduct' label={text.elementImproper} />
            <Tick name='harmToWorkEnvironment' label={text.elementHarm} />
          </fieldset>
        </div>
        <button type='submit' class='primary'>
          {words.answer}
        </button>
      </Form>
    </section>
  )
}

import type { FC } from 'hono/jsx'
import type { SavedDraft } from '../store/drafts.ts'
import { clockTime } from '../text/clock.ts'
import { assetPath } from './assets.ts'
import type { Ctx } from './env.ts'

type DraftFormProps = {
  c: Ctx
  threadId: string
  kind: SavedDraft['kind']
  draft: SavedDraft | null
  action: string
  class?: string
  children?: unknown
}

/** A form whose words are saved as one types, on the server and nowhere else. */
export const DraftForm: FC<DraftFormProps> = (props) => {
  const { c, threadId, kind, draft, action } = props
  const { replies: text } = c.var.text
  const path = `/threads/${threadId}/drafts`
  return (
    <form
      method='post'
      action={action}
      class={props.class ?? 'stack editor'}
      data-draft={path}
      data-person={c.var.person.id}
    >
      <input type='hidden' name='csrf' value={c.var.csrfToken} />
      <input type='hidden' name='kind' value={kind} />
      <input type='hidden' name='draftVersion' value={String(draft?.version ?? 0)} />
      {/* Enter in a line saves: it neither hands in nor inserts. */}
      <button type='submit' formaction={path} class='hidden' tabindex={-1}>
        {c.var.text.replySave}
      </button>
      {props.children}
      <p class='draft-state help' role='status'>
        {draft ? text.savedAt(clockTime(draft.savedAt)) : ''}
      </p>
      <DraftTroubles c={c} />
      <script src={assetPath('drafts.js')} type='module' />
    </form>
  )
}

/** What the script says when saving does not go as usual. */
const DraftTroubles: FC<{ c: Ctx }> = ({ c }) => {
  const { replies: text } = c.var.text
  return (
    <>
      {(['unsaved', 'saving', 'cannotSave', 'otherPerson', 'gone'] as const).map((key) => (
        <template data-says={key}>{text[key]}</template>
      ))}
      <template data-says='signedOut'>
        {text.signedOut}{' '}
        <a href='/sign-in' target='_blank' rel='noopener'>
          {text.signIn}
        </a>
      </template>
      <div class='draft-other card' role='alert' hidden>
        <strong>{text.otherTab}</strong>
        <p class='help'>{text.otherTabHelp}</p>
        <h3>{text.otherText}</h3>
        <p class='words' data-other></p>
        <div class='buttons'>
          <button type='button' data-keep='mine'>
            {text.keepThis}
          </button>
          <button type='button' data-keep='other'>
            {text.takeOther}
          </button>
        </div>
      </div>
    </>
  )
}

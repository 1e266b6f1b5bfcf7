import type { FC } from 'hono/jsx'
import type { Ctx } from './env.ts'
import { type Place, placesOf } from './places.ts'

/** A line of the key map: what the script does by it, and what the help says. */
type Line = {
  /** Any of these; `g i` are two keys, one after the other. */
  readonly keys: readonly string[]
  /** As it is shown, where that is not the keys themselves. */
  readonly shown?: string
  readonly act: string
  readonly does: string
  readonly href?: string
}

type Group = { readonly title: string; readonly lines: readonly Line[] }

/** The one table of keys: the help shows it, and the script reads it from there. */
function groupsFor(c: Ctx): readonly Group[] {
  const { keys: text, desk, nav } = c.var.text
  const line = (key: string, act: string, does: string): Line => ({ keys: [key], act, does })
  const goes = placesOf(c).flatMap(({ go, key, path }) =>
    go ? [{ ...line(`g ${go}`, 'go', text.go(nav[key])), href: path }] : [],
  )
  return [
    {
      title: text.everywhere,
      lines: [
        line('/', 'search', text.search),
        { keys: [], shown: 'Ctrl K', act: 'palette', does: text.palette },
        line('Escape', 'hide', text.hide),
        line('?', 'help', text.help),
        ...goes,
      ],
    },
    {
      title: text.lists,
      lines: [
        line('j', 'next', text.next),
        line('k', 'previous', text.previous),
        line('o', 'open', text.open),
        line('x', 'select', desk.keys.select),
        line('e', 'file', desk.keys.file),
      ],
    },
    {
      title: text.thread,
      lines: [
        line('u', 'up', text.up),
        line('a', 'take', text.take),
        line('n', 'note', text.note),
        line('r', 'reply', text.reply),
        line('v', 'reveal', text.reveal),
        { keys: [...'123456789'], shown: '1 – 9', act: 'category', does: text.category },
      ],
    },
  ]
}

/** What each key does; opens by `?`. */
export const KeyMap: FC<{ c: Ctx }> = ({ c }) => {
  const { keyboard, close } = c.var.text
  return (
    <dialog id='keys' aria-labelledby='keys-title'>
      <h2 id='keys-title'>{keyboard}</h2>
      <div class='key-groups'>
        {groupsFor(c).map(({ title, lines }) => (
          <section>
            <h3>{title}</h3>
            <dl class='keys'>
              {lines.map(({ keys, shown, act, does, href }) => (
                <div data-keys={keys.join(',')} data-act={act} data-href={href}>
                  <dt>
                    <kbd>{shown ?? keys.join(' ').replace('Escape', 'Esc')}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <form method='dialog'>
        <button type='submit'>{close}</button>
      </form>
    </dialog>
  )
}

/** Pages and acts by what one types, in any script; a script opens it and narrows the list. */
export const Palette: FC<{ c: Ctx }> = ({ c }) => {
  const { keys: text, nav } = c.var.text
  // A page in English holds no kana.
  const spoken = (reading: string) =>
    c.var.language === 'ja' ? reading : reading.replace(/[ぁ-ゖー]+ ?/g, '')
  const onThread = /^\/threads\/[^/]+$/.test(new URL(c.req.url).pathname)
  const acts: [string, string, string][] = [
    ['take', text.take, 'たんとう tanto tantou take assign'],
    ['note', text.note, 'めも memo note'],
    ['reply', text.reply, 'へんしん henshin reply'],
  ]
  return (
    <dialog id='palette' aria-label={text.palette}>
      <input
        id='palette-words'
        type='text'
        role='combobox'
        aria-expanded='true'
        aria-controls='palette-list'
        aria-autocomplete='list'
        aria-label={text.find}
        placeholder={text.find}
        autocomplete='off'
      />
      <ul id='palette-list' aria-label={text.find}>
        {onThread &&
          acts.map(([act, label, find]) => <Entry label={label} find={spoken(find)} act={act} />)}
        {placesOf(c).map((place: Place) => (
          <Entry label={nav[place.key]} find={spoken(place.reading)} href={place.path} />
        ))}
        <li id='palette-search' data-template={text.searchFor('0')} hidden />
      </ul>
    </dialog>
  )
}

const Entry: FC<{ label: string; find: string; act?: string; href?: string }> = (props) => (
  <li
    id={`go-${(props.act ?? props.href ?? '').replaceAll('/', '-')}`}
    data-find={`${props.label} ${props.find}`}
    data-act={props.act}
    data-href={props.href}
  >
    {props.label}
  </li>
)

// Everything on a thread's page works without this file; it says who is there, and finds names.
const beatMs = 20_000
/** Who has not typed for so long is reading again. */
const idleMs = 90_000

const bar = document.getElementById('presence')
if (bar) presence(bar)
const note = document.getElementById('note-body')
if (note) mentions(note)
unfoldAsked()
addEventListener('hashchange', unfoldAsked)

/** A link to a mail leads to it, also where it is folded. */
function unfoldAsked() {
  const asked = document.getElementById(location.hash.slice(1))
  const folded = asked?.closest('details:not([open])')
  if (!folded) return
  folded.open = true
  asked.scrollIntoView()
}

/** Says every so often that this page is open, and shows who else has it open. */
function presence(place) {
  const path = `/threads/${place.dataset.thread}/presence`
  const csrf = document.querySelector('meta[name=csrf]').content
  const tab = Math.random().toString(36).slice(2, 10)
  let typedAt = Number.NEGATIVE_INFINITY
  let told = ''
  let shown = null
  let latest = 0

  const doing = () => (performance.now() - typedAt < idleMs ? 'writing' : 'reading')

  async function show(ask) {
    latest += 1
    const turn = latest
    try {
      const answer = await ask()
      const html = await answer.text()
      // An answer that was overtaken says what was so before; the same again is read to nobody.
      if (!answer.ok || turn !== latest || html === shown) return
      shown = html
      place.innerHTML = html
    } catch {
      // No connection: the banner of live updates says so, and the next beat tries again.
    }
  }

  function say(what) {
    told = what
    const body = new URLSearchParams({ csrf, tab, doing: what, seen: place.dataset.seen })
    return fetch(path, { method: 'POST', body, keepalive: true })
  }

  const beat = () => show(() => say(doing()))
  const look = () => show(() => fetch(`${path}?seen=${place.dataset.seen}`))

  document.getElementById('reply')?.addEventListener('input', () => {
    typedAt = performance.now()
    if (told !== 'writing') beat()
  })
  document.addEventListener('mamori:changed', ({ detail: refs }) => {
    const { thread } = place.dataset
    if (refs.includes(thread) || refs.includes(`here:${thread}`)) look()
  })
  addEventListener('pagehide', () => say('left').catch(() => undefined))
  addEventListener('pageshow', (event) => event.persisted && beat())
  setInterval(beat, beatMs)
  beat()
}

/** After an @ the names that fit are offered; choosing one writes it and ticks it. */
function mentions(field) {
  const list = document.getElementById('suggestions')
  const boxes = [...document.querySelectorAll('#note input[name=mention]')]
  const people = boxes.map((box) => ({ box, name: box.parentElement.textContent.trim() }))
  const folded = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  let chosen = 0

  /** What stands between the last @ and the caret, or null. */
  function asked() {
    const before = field.value.slice(0, field.selectionStart)
    return /[@＠]([^@＠\n]{0,20})$/.exec(before)?.[1] ?? null
  }

  function fitting() {
    const part = asked()
    return part === null ? [] : people.filter(({ name }) => folded(name).startsWith(folded(part)))
  }

  function offer() {
    const found = fitting()
    chosen = Math.min(chosen, Math.max(0, found.length - 1))
    list.hidden = found.length === 0
    list.replaceChildren(
      ...found.map(({ name }, n) => {
        const item = document.createElement('div')
        item.role = 'option'
        item.textContent = name
        item.ariaSelected = String(n === chosen)
        item.addEventListener('mousedown', (event) => {
          event.preventDefault()
          take(n)
        })
        return item
      }),
    )
  }

  function take(n) {
    const one = fitting()[n]
    if (!one) return
    const caret = field.selectionStart
    const from = caret - asked().length
    field.setRangeText(`${one.name} `, from, caret, 'end')
    one.box.checked = true
    list.hidden = true
  }

  field.addEventListener('input', () => {
    chosen = 0
    offer()
  })
  field.addEventListener('blur', () => {
    list.hidden = true
  })
  field.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing || event.keyCode === 229) return
    const steps = { ArrowDown: 1, ArrowUp: -1 }
    if (event.key in steps) {
      chosen = Math.max(0, Math.min(list.children.length - 1, chosen + steps[event.key]))
      offer()
    } else if (event.key === 'Enter' || event.key === 'Tab') take(chosen)
    else if (event.key === 'Escape') list.hidden = true
    else return
    event.preventDefault()
    event.stopPropagation()
  })
}

// Everything works without this file; it only quickens.
const keysOn = !/(?:^|;\s*)keys=off/.test(document.cookie)

liveUpdates()
keyboard()
shield()

/** Says that something is new; never moves what one is reading. */
function liveUpdates() {
  if (!document.body.dataset.live) return
  const offline = document.getElementById('offline')
  const pill = document.getElementById('news')
  const thread = document.getElementById('thread-news')
  const fresh = new Set()
  const source = new EventSource('/events')
  source.addEventListener('hello', () => {
    if (offline) offline.hidden = true
  })
  source.addEventListener('changed', (event) => {
    const refs = event.data.split(' ')
    if (thread && refs.includes(`new:${thread.dataset.thread}`)) thread.hidden = false
    for (const ref of refs) fresh.add(ref.replace('new:', ''))
    if (!pill) return
    pill.textContent = pill.dataset.template.replace('0', String(fresh.size))
    pill.hidden = false
  })
  source.addEventListener('bell', (event) => ring(Number(event.data)))
  source.addEventListener('error', () => {
    if (offline && source.readyState !== EventSource.OPEN) offline.hidden = false
  })
  pill?.addEventListener('click', () => location.reload())
  addEventListener('pagehide', () => source.close())
}

/** How much one was told of and has not read; nothing else in the page moves. */
function ring(n) {
  const bell = document.getElementById('bell')
  const count = bell?.querySelector('.count')
  if (!count || !Number.isInteger(n)) return
  count.textContent = n > 99 ? '99+' : String(n)
  count.hidden = n === 0
  bell.setAttribute('aria-label', n === 0 ? bell.dataset.none : bell.dataset.some.replace('0', n))
}

/** Single keys; an input method at work, a field or a modifier keeps them quiet. */
function keyboard() {
  const help = document.getElementById('keys')
  addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') hideAll()
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest?.('input, textarea, select, dialog[open]')) return
    const acts = {
      j: () => move(1),
      k: () => move(-1),
      o: open,
      '/': search,
      '?': () => help?.showModal(),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
}

function rows() {
  return [...document.querySelectorAll('.thread-row')]
}

function move(by) {
  const all = rows()
  const at = all.indexOf(document.activeElement)
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus()
}

function open() {
  if (document.activeElement?.matches('.thread-row')) document.activeElement.click()
}

function search() {
  document.getElementById('q')?.focus()
}

/** A revealed passage goes back when asked, by Esc, or after half a minute of doing nothing. */
function shield() {
  const idleMs = 30_000
  let timer = setTimeout(hideAll, idleMs)
  for (const kind of ['pointermove', 'keydown', 'scroll']) {
    addEventListener(
      kind,
      () => {
        clearTimeout(timer)
        timer = setTimeout(hideAll, idleMs)
      },
      { passive: true },
    )
  }
  addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-hide]')
    if (!link) return
    event.preventDefault()
    hide(link.closest('[data-revealed]'))
  })
}

function hideAll() {
  for (const revealed of document.querySelectorAll('[data-revealed]')) hide(revealed)
}

function hide(revealed) {
  const kept = revealed?.querySelector('template')?.content.firstElementChild?.cloneNode(true)
  if (!kept) return
  revealed.replaceWith(kept)
  globalThis.htmx?.process(kept)
}

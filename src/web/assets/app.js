// Everything works without this file; it only quickens.
liveUpdates()
shield()
pickAll()
printing()

/** Says that something is new; never moves what one is reading. */
function liveUpdates() {
  if (!document.body.dataset.live) return
  const offline = document.getElementById('offline')
  const pill = document.getElementById('news')
  const thread = document.getElementById('thread-news')
  const fresh = new Set()
  const open = document.getElementById('presence')?.dataset.thread
  const source = new EventSource(open ? `/events?thread=${open}` : '/events')
  source.addEventListener('hello', () => {
    if (offline) offline.hidden = true
  })
  source.addEventListener('changed', (event) => {
    const refs = event.data.split(' ')
    if (thread && refs.includes(`new:${thread.dataset.thread}`)) thread.hidden = false
    document.dispatchEvent(new CustomEvent('mamori:changed', { detail: refs }))
    for (const ref of refs) if (!ref.startsWith('here:')) fresh.add(ref.replace('new:', ''))
    if (!pill || fresh.size === 0) return
    pill.textContent = pill.dataset.template.replace('0', String(fresh.size))
    pill.hidden = false
  })
  source.addEventListener('bell', (event) => ring(Number(event.data)))
  source.addEventListener('error', () => {
    if (offline && source.readyState !== EventSource.OPEN) offline.hidden = false
  })
  pill?.addEventListener('click', () => {
    sessionStorage.picks = JSON.stringify(picks().map(({ value }) => value))
    location.reload()
  })
  addEventListener('pagehide', () => source.close())
}

/** How much one was told of and has not read; nothing else in the page moves. */
function ring(n) {
  const bell = document.getElementById('bell')
  const count = bell?.querySelector('.count')
  if (!count || !Number.isInteger(n)) return
  count.textContent = n > 99 ? '99+' : String(n)
  count.hidden = n === 0
  const said = n === 0 ? bell.dataset.none : bell.dataset.some.replace('0', n)
  bell.querySelector('.hidden').textContent = said
}

const picks = () => [...document.querySelectorAll('.picking input[name=pick]:checked')]

function pickAll() {
  // What was ticked before new mail was let in is ticked still.
  const kept = new Set(JSON.parse(sessionStorage.picks ?? '[]'))
  delete sessionStorage.picks
  for (const box of document.querySelectorAll('.picking input[name=pick]')) {
    if (kept.has(box.value)) box.checked = true
  }
  document.getElementById('pick-all')?.addEventListener('click', (event) => {
    event.preventDefault()
    for (const box of document.querySelectorAll('.picking input[name=pick]')) box.checked = true
  })
}

function printing() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.addEventListener('click', () => print())
  }
}

/** A revealed passage goes back when asked, by Esc, or after half a minute of doing nothing. */
function shield() {
  const idleMs = 30_000
  // Who reads in a frame moves there, where the page cannot hear it.
  const idle = () => {
    if (document.querySelector('[data-revealed] iframe:hover')) timer = setTimeout(idle, idleMs)
    else hideAll()
  }
  let timer = setTimeout(idle, idleMs)
  for (const kind of ['pointermove', 'keydown', 'scroll']) {
    addEventListener(
      kind,
      () => {
        clearTimeout(timer)
        timer = setTimeout(idle, idleMs)
      },
      { passive: true },
    )
  }
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) hideAll()
  })
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

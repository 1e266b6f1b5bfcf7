// Keys and the palette: everything that they do can be done without them.
const keysOn = !/(?:^|;\s*)keys=off/.test(document.cookie)
/** How long the second of two keys may take. */
const secondMs = 1_500

const acts = {
  next: () => move(1),
  previous: () => move(-1),
  open: () => document.activeElement?.matches('.thread-row') && document.activeElement.click(),
  search: () => document.getElementById('q')?.focus(),
  select: pick,
  file,
  help: () => document.getElementById('keys')?.showModal(),
  go: (line) => location.assign(line.dataset.href),
  up: () => (cameFromList() ? history.back() : location.assign('/queue')),
  take: () => document.querySelector('.desk .buttons form[action$="/assignment"] button')?.click(),
  note: () => unfold(document.getElementById('note'))?.querySelector('textarea')?.focus(),
  reply: () => document.getElementById('replyBody')?.focus(),
  // Never one that is folded away: what is recorded as seen was seen.
  reveal: () =>
    [...document.querySelectorAll('.kept-back')].find((one) => one.checkVisibility())?.click(),
  category: (_, key) => choose(Number(key)),
}

keyboard()
palette()
document.documentElement.dataset.keys = ''

/** Single keys; an input method at work, a field or a modifier keeps them quiet. */
function keyboard() {
  const lines = new Map()
  for (const line of document.querySelectorAll('#keys [data-keys]')) {
    for (const key of line.dataset.keys.split(',')) lines.set(key, line)
  }
  let first = ''
  let firstAt = 0
  addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey) return
    const typing = 'input:not([type=radio], [type=checkbox]), textarea, select, dialog[open]'
    if (event.target.closest?.(typing)) return
    const both = event.timeStamp - firstAt < secondMs ? `${first} ${event.key}` : ''
    const line = lines.get(both) ?? lines.get(event.key)
    first = event.key
    firstAt = event.timeStamp
    const act = acts[line?.dataset.act]
    if (!act) return
    event.preventDefault()
    first = ''
    act(line, event.key)
  })
}

function rows() {
  return [...document.querySelectorAll('main .thread-row')]
}

function move(by) {
  const all = rows()
  const at = all.indexOf(document.activeElement)
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus()
}

/** Ticks the line that one is at, where lines can be filed together. */
function pick() {
  const box = document.activeElement?.closest('.picking li')?.querySelector('input[name=pick]')
  if (box) box.checked = !box.checked
}

/** Files what is ticked, or else the line that one is at. */
function file() {
  const button = document.getElementById('file')
  if (!button || button.disabled) return
  if (!document.querySelector('.picking input[name=pick]:checked')) pick()
  if (document.querySelector('.picking input[name=pick]:checked')) button.click()
}

function cameFromList() {
  if (!document.referrer.startsWith(location.origin) || history.length < 2) return false
  return !/^\/(?:threads|sign-in)/.test(new URL(document.referrer).pathname)
}

function unfold(details) {
  if (details) details.open = true
  return details
}

/** Says harassment, and ticks or clears the category at that place of the form. */
function choose(place) {
  const form = document.querySelector('form.review')
  const box = form?.querySelectorAll('input[name=category]')[place - 1]
  const verdict = form?.querySelector('input[name=verdict][value=harassment]')
  if (!box || !verdict) return
  const isNew = !verdict.checked
  if (isNew) verdict.click()
  if (!isNew || !box.checked) box.click()
  box.scrollIntoView({ block: 'nearest' })
}

/** A list of pages and acts that narrows as one types, in kana, kanji or Latin letters. */
function palette() {
  const dialog = document.getElementById('palette')
  const opener = document.getElementById('find')
  const words = document.getElementById('palette-words')
  const search = document.getElementById('palette-search')
  if (!dialog || !words || !search) return
  document.getElementById('palette-list').setAttribute('role', 'listbox')
  const options = [...dialog.querySelectorAll('li')]
  for (const option of options) option.setAttribute('role', 'option')

  const shown = () => options.filter((option) => !option.hidden)
  const at = () => shown().findIndex((option) => option.getAttribute('aria-selected') === 'true')

  function select(place) {
    const all = shown()
    const chosen = all[Math.max(0, Math.min(all.length - 1, place))]
    for (const option of options) option.setAttribute('aria-selected', String(option === chosen))
    words.setAttribute('aria-activedescendant', chosen?.id ?? '')
    chosen?.scrollIntoView({ block: 'nearest' })
  }

  function narrow() {
    const wanted = folded(words.value)
    for (const option of options) {
      option.hidden = option !== search && !folded(option.dataset.find).includes(wanted)
    }
    search.hidden = wanted === '' || !document.getElementById('q')
    search.textContent = search.dataset.template.replace('0', () => words.value.trim())
    select(0)
  }

  function open() {
    words.value = ''
    narrow()
    dialog.showModal()
    words.focus()
  }

  function go(option) {
    if (!option) return
    dialog.close()
    if (option === search) location.assign(`/search?q=${encodeURIComponent(words.value.trim())}`)
    else if (option.dataset.href) location.assign(option.dataset.href)
    else acts[option.dataset.act]?.(option)
  }

  addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.shiftKey) return
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
    event.preventDefault()
    if (!dialog.open) open()
  })
  opener?.addEventListener('click', open)
  words.addEventListener('input', narrow)
  words.addEventListener('keydown', (event) => {
    // While an input method is at work, its keys are its own.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown') select(at() + 1)
    else if (event.key === 'ArrowUp') select(at() - 1)
    else if (event.key === 'Enter') go(shown()[at()])
    else return
    event.preventDefault()
  })
  dialog.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]')
    if (option) go(option)
    else if (event.target === dialog) dialog.close()
  })
}

/** The same letters however they are written: width, case, katakana as hiragana. */
function folded(text) {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .trim()
}

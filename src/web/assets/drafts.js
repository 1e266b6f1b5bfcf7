// Saves what is typed, on the server and nowhere else: nothing stays in a shared browser.
const quietMs = 2_000
const retryMs = 10_000
// Browsers let that much go out after the page is left (Fetch, keepalive).
const keepaliveMax = 60_000

class Draft {
  dirty = false
  failed = false
  /** Nothing is saved any more: handed in, or not this person's to save. */
  stopped = false
  /** What another page saved meanwhile, until the person has chosen. */
  other = null
  saving = null
  timer = 0

  constructor(form) {
    this.form = form
    this.status = form.querySelector('.draft-state')
    this.conflict = form.querySelector('.draft-other')
    form.addEventListener('input', ({ target }) => {
      if (target.type !== 'file' && target.id !== 'snippet') this.touched()
    })
    form.addEventListener('submit', (event) => this.handIn(event))
    for (const button of form.querySelectorAll('[data-insert]')) {
      button.addEventListener('click', (event) => this.insert(event, button))
    }
    for (const button of form.querySelectorAll('[data-keep]')) {
      button.addEventListener('click', () => this.choose(button.dataset.keep))
    }
    addEventListener('pagehide', () => this.leave())
    addEventListener('beforeunload', (event) => {
      const kept = !this.failed && this.fitsKeepalive()
      if (this.dirty && !this.stopped && !kept) event.preventDefault()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave()
      else this.look()
    })
  }

  touched() {
    this.dirty = true
    this.say('unsaved')
    this.later(quietMs)
  }

  later(ms) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), ms)
  }

  get waits() {
    return this.stopped || this.other !== null
  }

  body() {
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === 'string') body.append(name, value)
    }
    return body
  }

  fitsKeepalive() {
    return this.body().toString().length <= keepaliveMax
  }

  post(keepalive = false) {
    return fetch(this.form.dataset.draft, {
      method: 'POST',
      body: this.body(),
      keepalive,
      redirect: 'manual',
      headers: { Accept: 'application/json', 'X-CSRF-Token': this.form.elements.csrf.value },
    })
  }

  /** One at a time: the version that comes back is what the next one is saved over. */
  save() {
    if (this.saving) return this.saving
    if (!this.dirty || this.waits) return Promise.resolve()
    this.saving = this.attempt().finally(() => {
      this.saving = null
      if (this.dirty && !this.waits) this.later(this.failed ? retryMs : quietMs)
    })
    return this.saving
  }

  async attempt() {
    this.dirty = false
    this.say('saving')
    try {
      let answer = await this.post()
      if (answer.status === 403 && (await this.takeToken())) answer = await this.post()
      if (!this.stopped) await this.took(answer)
    } catch {
      // No way to the server: the words stay on the page, and it is tried again.
      this.fail('cannotSave')
    }
  }

  async took(answer) {
    if (answer.status === 401 || answer.type === 'opaqueredirect') this.fail('signedOut')
    else if (answer.status === 409) this.older(await answer.json())
    else if (answer.ok) this.saved(await answer.json())
    else this.fail('cannotSave')
  }

  saved({ version, said }) {
    this.failed = false
    this.form.elements.draftVersion.value = String(version)
    if (!this.dirty) this.status.textContent = said
  }

  fail(why) {
    this.dirty = true
    this.failed = true
    this.say(why)
  }

  /** After signing in anew the page has an old token: the same person gets the new one. */
  async takeToken() {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const token = fresh.querySelector('meta[name=csrf]')?.content ?? ''
    const person = fresh.querySelector('form[data-draft]')?.dataset.person
    if (token === '') return false
    if (person !== this.form.dataset.person) {
      this.stopped = true
      this.fail('otherPerson')
      return false
    }
    for (const field of document.querySelectorAll('input[name=csrf]')) field.value = token
    return true
  }

  older(said) {
    this.dirty = true
    if (said.gone) {
      this.stopped = true
      this.say('gone')
      return
    }
    this.other = said
    const { formatted: _, ...words } = said.words
    this.conflict.querySelector('[data-other]').textContent = Object.values(words).join('\n\n')
    this.conflict.hidden = false
    this.say('unsaved')
  }

  choose(which) {
    const { version, words, said } = this.other
    this.form.elements.draftVersion.value = String(version)
    this.other = null
    this.conflict.hidden = true
    if (which === 'mine') {
      this.touched()
      return
    }
    for (const [name, value] of Object.entries(words)) {
      const field = this.form.elements[name]
      if (field?.type === 'checkbox') field.checked = value === 'yes'
      else if (field) field.value = value
    }
    this.dirty = false
    this.status.textContent = said
  }

  /** Whether another page saved meanwhile: told when one comes back to this one. */
  async look() {
    if (this.waits || this.saving) return
    const path = `${this.form.dataset.draft}?kind=${this.form.elements.kind.value}`
    try {
      const answer = await fetch(path, { redirect: 'manual' })
      if (!answer.ok) return
      const said = await answer.json()
      if (said.version > Number(this.form.elements.draftVersion.value)) this.older(said)
    } catch {
      // Nothing is said: the next save finds out by itself.
      return
    }
  }

  leave() {
    if (!this.dirty || this.waits || this.saving || !this.fitsKeepalive()) return
    this.dirty = false
    this.post(true).then(
      (answer) => this.took(answer),
      () => this.fail('cannotSave'),
    )
  }

  /** Nothing is handed in while it cannot be saved: a page of a problem would take its place. */
  async handIn(event) {
    if (this.handing) return
    const { submitter } = event
    if (submitter?.value === 'drop') {
      this.stopped = true
      return
    }
    event.preventDefault()
    clearTimeout(this.timer)
    await this.saving
    this.dirty = true
    await this.save()
    if (this.failed || this.waits) return
    this.handing = true
    this.stopped = true
    this.form.requestSubmit(submitter)
  }

  async insert(event, button) {
    event.preventDefault()
    const isSnippet = button.value === 'snippet'
    const chosen = isSnippet ? this.form.elements.snippet.value : ''
    if (isSnippet && chosen === '') return
    try {
      const answer = await fetch(button.dataset.insert + chosen, { redirect: 'manual' })
      if (answer.ok) {
        atCursor(this.form.elements.replyBody, await answer.text())
        this.touched()
      } else {
        this.say(answer.type === 'opaqueredirect' ? 'signedOut' : 'cannotSave')
      }
    } catch {
      this.say('cannotSave')
    }
  }

  say(key) {
    const kept = this.form.querySelector(`template[data-says=${key}]`)
    this.status.replaceChildren(kept.content.cloneNode(true))
  }
}

function atCursor(field, words) {
  const { selectionStart: start, selectionEnd: end, value } = field
  const before = value.slice(0, start)
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  field.setRangeText(`${gap}${words}\n`, start, end, 'end')
  field.focus()
}

for (const form of document.querySelectorAll('form[data-draft]')) new Draft(form)

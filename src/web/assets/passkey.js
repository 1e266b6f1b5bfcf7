// Passkeys need a script: without one, or without a browser that knows them, their forms stay hidden.
const known = globalThis.PublicKeyCredential
if (known?.parseRequestOptionsFromJSON && known.parseCreationOptionsFromJSON) {
  for (const form of document.querySelectorAll('form[data-passkey]')) offer(form)
}

function offer(form) {
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    const problem = form.querySelector('[role=alert]')
    button.disabled = true
    problem.hidden = true
    try {
      form.elements.answer.value = JSON.stringify(await ask(form))
      form.submit()
    } catch {
      // The person changed their mind, or the device does not know them: they may try again.
      problem.hidden = false
      button.disabled = false
    }
  })
}

async function ask({ dataset }) {
  const asked = JSON.parse(dataset.options)
  if (dataset.passkey === 'create') {
    const publicKey = known.parseCreationOptionsFromJSON(asked)
    return (await navigator.credentials.create({ publicKey })).toJSON()
  }
  const publicKey = known.parseRequestOptionsFromJSON(asked)
  return (await navigator.credentials.get({ publicKey })).toJSON()
}

import {
  type Account,
  type AccountSecret,
  type AfterStoring,
  type MailboxSettings,
  oauthProviders,
  type Security,
  type SentCopies,
  type SignInMethod,
} from '../domain/mailbox.ts'
import { microsoftIssuer, microsoftScope } from '../domain/provider.ts'
import { type Form, numberIn } from './forms.ts'

/** The settings of a mailbox as a form states them; the domain says what is wrong with them. */
export function settingsIn(form: Form): MailboxSettings {
  return {
    name: form.text('name', 100),
    department: { ja: form.text('departmentJa', 100), en: form.text('departmentEn', 100) },
    address: form.text('address', 320).toLowerCase(),
    fromName: form.text('fromName', 100) || null,
    folders: linesOf(form.text('folders', 4_000)),
    account: form.text('account') === 'environment' ? null : accountIn(form),
    afterStoring: afterIn(form),
    sentCopies: copiesIn(form),
    mutedFolder: form.text('mutedFolder', 300) || null,
  }
}

/** What is secret; an empty field leaves what is kept. */
export function secretIn(form: Form): AccountSecret {
  const password = form.text('password', 1_000)
  const clientSecret = form.text('clientSecret', 2_000)
  return {
    ...(password === '' ? {} : { password }),
    ...(clientSecret === '' ? {} : { clientSecret }),
  }
}

function accountIn(form: Form): Account {
  const security = form.text('security')
  return {
    host: form.text('host', 300),
    port: numberIn(form, 'port'),
    security: isSecurity(security) ? security : 'tls',
    user: form.text('user', 320),
    method: methodIn(form),
  }
}

function methodIn(form: Form): SignInMethod {
  if (form.text('method') !== 'oauth') return { kind: 'password' }
  const provider = oauthProviders.find((one) => one === form.text('provider')) ?? 'other'
  const app = form.text('grant') === 'client_credentials'
  const grant = app ? 'client_credentials' : 'refresh_token'
  const clientId = form.text('clientId', 300)
  const of = { kind: 'oauth', provider, clientId, grant } as const
  if (provider === 'microsoft') {
    const tenant = form.text('tenant', 200).replace(/[^\w.-]/g, '') || 'common'
    return { ...of, issuer: microsoftIssuer(tenant), scope: microsoftScope(grant) }
  }
  return { ...of, issuer: form.text('issuer', 500), scope: form.text('scope', 500) }
}

function afterIn(form: Form): AfterStoring {
  const after = form.text('after')
  if (after === 'move') return { kind: 'move', folder: form.text('moveTo', 300) }
  return { kind: after === 'seen' ? 'seen' : 'leave' }
}

function copiesIn(form: Form): SentCopies {
  if (form.text('copies') !== 'keep') return { kind: 'none' }
  return { kind: 'keep', folder: form.text('sentFolder', 300) }
}

function isSecurity(word: string): word is Security {
  return word === 'tls' || word === 'starttls' || word === 'none'
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

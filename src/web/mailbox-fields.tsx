import type { FC } from 'hono/jsx'
import type { Account, MailboxSettings, SignInMethod } from '../domain/mailbox.ts'
import type { Ctx } from './env.ts'
import { redirectUri } from './mailbox-access.tsx'
import { Choice, Field } from './parts/fields.tsx'

type FieldsProps = {
  c: Ctx
  settings: MailboxSettings
  hasSecret: boolean
  /** What is good as it stands, of a new mailbox, is out of the way. */
  folded: boolean
}

/** All fields of a mailbox in three parts: who answers, where to read, what to read. */
export const MailboxFields: FC<FieldsProps> = ({ c, settings, hasSecret, folded }) => {
  const { mailboxes: text } = c.var.text
  const { name, address, department, fromName, account } = settings
  return (
    <>
      <fieldset class='card part'>
        <legend>{text.sectionIdentity}</legend>
        <Field id='name' label={text.name} help={text.nameHelp} value={name} required />
        <Field
          id='address'
          type='email'
          label={text.address}
          help={text.addressHelp}
          value={address}
          required
        />
        <Field id='departmentJa' label={text.departmentJa} value={department.ja} required />
        <Field id='departmentEn' label={text.departmentEn} value={department.en} required />
        <Field
          id='fromName'
          label={text.fromName}
          help={text.fromNameHelp}
          value={fromName ?? ''}
        />
      </fieldset>
      <fieldset class='card part'>
        <legend>{text.sectionServer}</legend>
        {account ? (
          <AccountFields c={c} account={account} hasSecret={hasSecret} />
        ) : (
          <>
            <p>{text.fromEnvironment}</p>
            <input type='hidden' name='account' value='environment' />
          </>
        )}
      </fieldset>
      <details open={!folded}>
        <summary>{text.sectionMore}</summary>
        <div class='stack'>
          <ReadingFields c={c} settings={settings} />
          <SentFields c={c} settings={settings} />
        </div>
      </details>
    </>
  )
}

const AccountFields: FC<{ c: Ctx; account: Account; hasSecret: boolean }> = (props) => {
  const { c, account, hasSecret } = props
  const { mailboxes: text } = c.var.text
  const { host, port, security, user, method } = account
  return (
    <>
      <Field id='host' label={text.host} value={host} required />
      <Field id='port' label={text.port} value={String(port)} required />
      <Choice
        name='security'
        kind='radio'
        legend={text.security}
        row
        options={(['tls', 'starttls', 'none'] as const).map((value) => ({
          value,
          label: text.securityName[value],
          checked: value === security,
        }))}
      />
      <Field id='user' label={text.user} help={text.userHelp} value={user} required />
      <input type='hidden' name='method' value={method.kind} />
      {method.kind === 'password' ? (
        <Field
          id='password'
          type='password'
          label={text.password}
          help={hasSecret ? text.secretKept : text.secretHelp}
          required={!hasSecret}
          autocomplete='new-password'
        />
      ) : (
        <OAuthFields c={c} method={method} hasSecret={hasSecret} />
      )}
    </>
  )
}

type OAuth = Extract<SignInMethod, { kind: 'oauth' }>

const OAuthFields: FC<{ c: Ctx; method: OAuth; hasSecret: boolean }> = (props) => {
  const { c, method, hasSecret } = props
  const { mailboxes: text } = c.var.text
  const { provider, issuer, clientId, scope, grant } = method
  const [, tenant = ''] = /^https:\/\/login\.microsoftonline\.com\/([^/]+)\//.exec(issuer) ?? []
  return (
    <>
      <input type='hidden' name='provider' value={provider} />
      {provider === 'microsoft' && (
        <Field id='tenant' label={text.tenant} value={tenant === 'common' ? '' : tenant} />
      )}
      {provider === 'google' && <Fixed issuer={issuer} scope={scope} />}
      {provider === 'other' && (
        <>
          <Field id='issuer' label={text.issuer} value={issuer} required />
          <Field id='scope' label={text.scope} value={scope} />
        </>
      )}
      <Field id='clientId' label={text.clientId} value={clientId} required />
      <Field
        id='clientSecret'
        type='password'
        label={text.clientSecret}
        help={hasSecret ? text.secretKept : text.secretHelp}
        autocomplete='new-password'
      />
      {provider !== 'google' && (
        <Choice
          name='grant'
          kind='radio'
          legend={text.grant}
          options={(['refresh_token', 'client_credentials'] as const).map((value) => ({
            value,
            label: text.grantName[value],
            checked: value === grant,
          }))}
        />
      )}
      <p class='help'>{text.redirectHelp(redirectUri(c))}</p>
    </>
  )
}

/** What the provider says once and for all is nothing to fill in. */
const Fixed: FC<{ issuer: string; scope: string }> = ({ issuer, scope }) => (
  <>
    <input type='hidden' name='issuer' value={issuer} />
    <input type='hidden' name='scope' value={scope} />
  </>
)

const ReadingFields: FC<{ c: Ctx; settings: MailboxSettings }> = ({ c, settings }) => {
  const { mailboxes: text } = c.var.text
  const { folders, afterStoring, mutedFolder } = settings
  return (
    <fieldset class='card part'>
      <legend>{text.sectionReading}</legend>
      <Field
        id='folders'
        label={text.folders}
        help={text.foldersHelp}
        value={folders.join('\n')}
        rows={3}
      />
      <Choice
        name='after'
        kind='radio'
        legend={text.after}
        options={(['leave', 'seen', 'move'] as const).map((value) => ({
          value,
          label: text.afterName[value],
          checked: value === afterStoring.kind,
        }))}
      />
      <div class='when-move'>
        <Field
          id='moveTo'
          label={text.moveTo}
          value={afterStoring.kind === 'move' ? afterStoring.folder : ''}
        />
      </div>
      <Field
        id='mutedFolder'
        label={c.var.text.steps.mutedFolder}
        help={c.var.text.steps.mutedFolderHelp}
        value={mutedFolder ?? ''}
      />
    </fieldset>
  )
}

const SentFields: FC<{ c: Ctx; settings: MailboxSettings }> = ({ c, settings }) => {
  const { mailboxes: text } = c.var.text
  const { sentCopies } = settings
  return (
    <fieldset class='card part'>
      <legend>{text.sectionSent}</legend>
      <Choice
        name='copies'
        kind='radio'
        legend={text.copies}
        options={(['none', 'keep'] as const).map((value) => ({
          value,
          label: text.copiesName[value],
          checked: value === sentCopies.kind,
        }))}
      />
      <Field
        id='sentFolder'
        label={text.sentFolder}
        help={text.sentFolderHelp}
        value={sentCopies.kind === 'keep' ? sentCopies.folder : ''}
      />
    </fieldset>
  )
}

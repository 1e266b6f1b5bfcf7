import type { FC } from 'hono/jsx'
import { actions, type Role, roles } from '../domain/person.ts'
import type { Rights } from '../domain/staff.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { Ctx } from './env.ts'
import type { Form } from './forms.ts'
import { inLanguage } from './parts/chips.tsx'
import { Choice } from './parts/fields.tsx'

const houseWide: readonly Role[] = actions.manage_people

/** Roles to choose, and the mailboxes of each where there are several. */
export const RightsFields: FC<{ c: Ctx; mailboxes: readonly Mailbox[]; rights: Rights }> = (
  props,
) => {
  const { c, mailboxes, rights } = props
  const { text, language } = c.var
  const local = roles.filter((role) => !houseWide.includes(role))
  return (
    <>
      <Choice
        name='role'
        kind='checkbox'
        legend={text.people.invite.roles}
        row
        options={roles.map((role) => ({
          value: role,
          label: text.role[role],
          checked: rights.roles.includes(role),
        }))}
      />
      {mailboxes.length > 1 &&
        local.map((role) => (
          <Choice
            name={`within-${role}`}
            kind='checkbox'
            legend={text.people.invite.within(text.role[role])}
            row
            options={mailboxes.map(({ id, department }) => ({
              value: id,
              label: inLanguage(department, language),
              checked: rights.within[role]?.includes(id) ?? false,
            }))}
          />
        ))}
    </>
  )
}

/** What the form asks for; a role without a mailbox chosen holds in all. */
export function rightsIn(form: Form): Rights {
  const wanted = roles.filter((role) => form.all('role').includes(role))
  const named = wanted
    .map((role) => [role, form.all(`within-${role}`).map((id) => id.slice(0, 64))] as const)
    .filter(([, ids]) => ids.length > 0)
  return { roles: wanted, within: Object.fromEntries(named) }
}

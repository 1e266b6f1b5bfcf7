import type { Child, FC } from 'hono/jsx'
import type { Ctx } from '../env.ts'
import { Icon } from './icon.tsx'

/** A form that posts to us, with the token of the session in it. */
export const Form: FC<{ c: Ctx; action: string; class?: string; children?: Child }> = (props) => (
  <form action={props.action} method='post' class={props.class ?? 'stack'}>
    <input type='hidden' name='csrf' value={props.c.var.csrfToken} />
    {props.children}
  </form>
)

type FieldProps = {
  id: string
  /** The field's name in the form, where its id is another one. */
  name?: string
  label: string
  help?: string
  value?: string
  rows?: number
  type?: string
  required?: boolean
  autocomplete?: string
}

/** A field: label above, help under the label, the input last. */
export const Field: FC<FieldProps> = ({
  id,
  label,
  help,
  value,
  rows,
  type,
  name = id,
  ...rest
}) => (
  <div class='field'>
    <label for={id}>{label}</label>
    {help && (
      <p class='help' id={`${id}-help`}>
        {help}
      </p>
    )}
    {rows ? (
      <textarea
        id={id}
        name={name}
        rows={rows}
        aria-describedby={help ? `${id}-help` : undefined}
        required={rest.required}
      >
        {value ?? ''}
      </textarea>
    ) : (
      <input
        id={id}
        name={name}
        type={type ?? 'text'}
        value={value ?? ''}
        aria-describedby={help ? `${id}-help` : undefined}
        required={rest.required}
        autocomplete={rest.autocomplete ?? 'off'}
      />
    )}
  </div>
)

/** One of many, from a list that opens. */
export const Select: FC<{
  id: string
  /** The field's name in the form, where its id is another one. */
  name?: string
  label: string
  help?: string
  options: readonly Option[]
}> = (props) => (
  <div class='field'>
    <label for={props.id}>{props.label}</label>
    {props.help && (
      <p class='help' id={`${props.id}-help`}>
        {props.help}
      </p>
    )}
    <select
      id={props.id}
      name={props.name ?? props.id}
      aria-describedby={props.help ? `${props.id}-help` : undefined}
    >
      {props.options.map(({ value, label, checked }) => (
        <option value={value} selected={checked}>
          {label}
        </option>
      ))}
    </select>
  </div>
)

type Option = { readonly value: string; readonly label: string; readonly checked?: boolean }

type ChoiceProps = {
  name: string
  legend: string
  kind: 'radio' | 'checkbox'
  options: readonly Option[]
  /** Side by side as they fit, or in two columns; else one below the other. */
  row?: boolean
  pairs?: boolean
}

/** Radio buttons or check boxes under one question. */
export const Choice: FC<ChoiceProps> = ({ name, legend, kind, options, row, pairs }) => (
  <fieldset class={`choice${row ? ' row' : ''}${pairs ? ' pairs' : ''}`}>
    <legend>{legend}</legend>
    {options.map(({ value, label, checked }) => (
      <label>
        <input type={kind} name={name} value={value} checked={checked} />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
)

/** One check box with its sentence. */
export const Tick: FC<{ name: string; label: string; checked?: boolean }> = (props) => (
  <label class='tick'>
    <input type='checkbox' name={props.name} value='yes' checked={props.checked} />
    <span>{props.label}</span>
  </label>
)

/** A message that stands out: calm, caution or grave. */
export const Banner: FC<{ tone: 'calm' | 'caution' | 'grave'; children?: Child }> = (props) => (
  <div class={`banner ${props.tone}`} role={props.tone === 'grave' ? 'alert' : 'status'}>
    <Icon name={props.tone === 'calm' ? 'check' : 'alert'} />
    <div>{props.children}</div>
  </div>
)

/** What stands where there is nothing to show. */
export const Empty: FC<{ children?: Child }> = ({ children }) => (
  <p class='empty'>
    <Icon name='check' />
    <span>{children}</span>
  </p>
)

/** Links that narrow a list; they live in the address. */
export const Tabs: FC<{
  label: string
  tabs: readonly { href: string; label: string; current: boolean; count?: number }[]
}> = ({ label, tabs }) => (
  <nav class='tabs' aria-label={label}>
    {tabs.map(({ href, label: words, current, count }) => (
      <a href={href} aria-current={current ? 'true' : undefined}>
        {words}
        {count !== undefined && count > 0 && <span class='count'>{count}</span>}
      </a>
    ))}
  </nav>
)

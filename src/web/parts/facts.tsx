import type { Child, FC } from 'hono/jsx'

/** What is known of a thing, a line for each: what it is called, and what it is. */
export const FactRows: FC<{ class: string; rows: readonly (readonly [string, Child])[] }> = (
  props,
) => (
  <dl class={props.class}>
    {props.rows.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

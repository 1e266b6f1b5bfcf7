import type { FC } from 'hono/jsx'
import { categories } from '../domain/category.ts'
import type { SavedView } from '../store/saved-views.ts'
import type { Ctx } from './env.ts'
import { Field, Form, Select } from './parts/fields.tsx'
import {
  type Filters,
  filtersIn,
  identities,
  queryOf,
  queuePath,
  severities,
} from './queue-filter.ts'

/** A saved view with how many threads are in it now, counted up to a limit. */
export type CountedView = SavedView & { readonly count: number }

type BarProps = { c: Ctx; filters: Filters; saved: readonly CountedView[] }

/** Filters that are on, as chips that take themselves away; more of them; and views of one's own. */
export const QueueBar: FC<BarProps> = (props) => {
  const { c, filters, saved } = props
  const { filter } = c.var.text
  const chips = chipsOf(c, filters)
  const query = queryOf(filters)
  return (
    <div class='queue-bar'>
      {saved.length > 0 && (
        <nav class='saved-views' aria-label={filter.saved}>
          {saved.map((view) => (
            <a
              class='chip-link'
              href={`/queue?${view.query}`}
              aria-current={view.query === query ? 'true' : undefined}
            >
              {view.name}
              <span class='count'>{view.count > countMax ? `${countMax}+` : view.count}</span>
            </a>
          ))}
        </nav>
      )}
      {chips.length > 0 && (
        <ul class='filter-chips' aria-label={filter.on}>
          {chips.map(({ label, without }) => (
            <li>
              <a class='chip-link on' href={queuePath(without)} aria-label={filter.remove(label)}>
                {label} <span aria-hidden='true'>×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <More c={c} filters={filters} />
      <Saving {...props} />
    </div>
  )
}

/** Nobody needs to know by how much a view is too full. */
export const countMax = 99

type FilterChip = { readonly label: string; readonly without: Filters }

/** The filters beyond the tabs: those one sees the name of nowhere else. */
function chipsOf({ var: { text } }: Ctx, filters: Filters): FilterChip[] {
  const { category, severity, sender } = filters
  const { filter } = text
  return [
    category !== '' && {
      label: text.category[category],
      without: { ...filters, category: '' as const },
    },
    severity !== '' && {
      label: filter.severity[severity],
      without: { ...filters, severity: '' as const },
    },
    sender !== '' && { label: filter.sender[sender], without: { ...filters, sender: '' as const } },
  ].filter((chip) => chip !== false)
}

const More: FC<{ c: Ctx; filters: Filters }> = ({ c, filters }) => {
  const { text } = c.var
  const { filter } = text
  return (
    <details class='filter-more'>
      <summary class='quiet'>{filter.more}</summary>
      <form method='get' action='/queue' class='stack'>
        <input type='hidden' name='view' value={filters.view} />
        {filters.mailbox && <input type='hidden' name='mailbox' value={filters.mailbox} />}
        {filters.who && <input type='hidden' name='who' value={filters.who} />}
        <Narrow
          {...{ c, id: 'category', label: filter.category, current: filters.category }}
          options={categories.map((value) => [value, text.category[value]])}
        />
        <Narrow
          {...{ c, id: 'severity', label: filter.severityLabel, current: filters.severity }}
          options={severities.map((one) => [`${one}`, filter.severity[`${one}`]])}
        />
        <Narrow
          {...{ c, id: 'sender', label: filter.senderLabel, current: filters.sender }}
          options={identities.map((value) => [value, filter.sender[value]])}
        />
        <button type='submit'>{filter.apply}</button>
      </form>
    </details>
  )
}

type NarrowProps = {
  c: Ctx
  id: string
  label: string
  current: string
  options: readonly (readonly [string, string])[]
}

/** One filter: all, or one of these. */
const Narrow: FC<NarrowProps> = ({ c, id, label, current, options }) => (
  <Select
    id={id}
    label={label}
    options={[['', c.var.text.filter.any] as const, ...options].map(([value, words]) => ({
      value,
      label: words,
      checked: value === current,
    }))}
  />
)

const Saving: FC<BarProps> = ({ c, filters, saved }) => {
  const { filter } = c.var.text
  return (
    <details class='filter-more'>
      <summary class='quiet'>{filter.save}</summary>
      <div class='stack'>
        <Form c={c} action='/queue/views'>
          <input type='hidden' name='query' value={queryOf(filters)} />
          <Field id='viewName' name='name' label={filter.name} help={filter.nameHelp} required />
          <button type='submit'>{filter.saveDo}</button>
        </Form>
        {saved.map(({ id, name, query }) => (
          <Form c={c} action='/queue/views/removal' class='inline'>
            <input type='hidden' name='view' value={id} />
            <input type='hidden' name='query' value={queryOf(filters)} />
            <button type='submit' class='quiet'>
              {filter.drop(name)}
            </button>
            <small class='faint'>{wordsOf(c, query)}</small>
          </Form>
        ))}
      </div>
    </details>
  )
}

/** What a saved view filters by, in words. */
function wordsOf(c: Ctx, query: string): string {
  const params = new URLSearchParams(query)
  const filters = filtersIn((name) => params.get(name) ?? undefined)
  return chipsOf(c, filters)
    .map(({ label }) => label)
    .join('・')
}

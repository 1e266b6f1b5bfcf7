import type { Child, FC } from 'hono/jsx'

type FiguresProps = {
  title: string
  /** What a table is called; the title alone would name two things alike. */
  words: string
  head: readonly string[]
  rows: readonly (readonly Child[])[]
  class?: string
}

/** Figures as a table that scrolls in its own room, and as lines on a phone. */
export const Figures: FC<FiguresProps> = ({ title, words, head, rows, class: more }) => (
  <section class='table-room' aria-label={`${title}: ${words}`} tabindex={0}>
    <table class={more ? `figures wide ${more}` : 'figures wide'}>
      <thead>
        <tr>
          {head.map((name) => (
            <th scope='col'>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell, at) => (
              <td data-label={head[at]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

import type { Child } from 'hono/jsx'
import type { Stretch } from '../domain/calendar.ts'
import { type Category, categories } from '../domain/category.ts'
import type { Action } from '../domain/person.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { CategoryCount, Period, Reports, ThreadCount } from '../store/reports.ts'
import { type DayWords, dayWords, stretchUpTo } from '../text/days.ts'
import type { Ctx } from './env.ts'
import { inLanguage } from './parts/chips.tsx'
import { mailboxesOf, viewOf } from './view.ts'

/** A cell as people read it, with the bare value for a file. */
export type Cell = string | number | { readonly shown: string; readonly value: string | number }

/** Figures of one kind, as the page shows them and a file holds them. */
export type Table = {
  readonly title: string
  readonly lead: string
  /** Why there is nothing in it, and what would fill it. */
  readonly empty: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** So many of them stand in the page, and all in the file. */
  readonly listed?: number
  /** The same drawn; the table then opens below it. */
  readonly chart?: Child
}

/** What was asked for: how many days back, and of which mailbox in reach (empty for all). */
export type Asked = { readonly days: number; readonly mailboxId: string }

/** What a report is made from: the figures in the person's reach, and the places of its charts. */
export type Asking = {
  readonly c: Ctx
  readonly reports: Reports
  /** Asked for by several reports, and counted once. */
  readonly volume: () => Promise<readonly ThreadCount[]>
  readonly seen: () => Promise<readonly CategoryCount[]>
  readonly period: Period
  readonly stretch: Stretch
  readonly places: readonly DayWords[]
  readonly mailboxes: readonly Mailbox[]
}

/** Everything that reports need to know of what was asked, in the person's reach for that action. */
export async function askingFor(
  c: Ctx,
  { days, mailboxId }: Asked,
  action: Action = 'see_reports',
): Promise<Asking> {
  const { house, language } = c.var
  const stretch = stretchUpTo(house.now(), days)
  const inReach = await mailboxesOf(c, action)
  const { reports } = viewOf(c, action)
  const period: Period = {
    starts: stretch.starts,
    mailboxId: mailboxId === '' ? null : mailboxId,
  }
  return {
    ...{ c, reports, period, stretch },
    volume: once(() => reports.volume(period)),
    seen: once(() => reports.categories(period)),
    places: stretch.first.map((day) => dayWords(day, stretch.unit, language)),
    mailboxes: inReach.filter(({ id }) => mailboxId === '' || id === mailboxId),
  }
}

function once<T>(count: () => Promise<T>): () => Promise<T> {
  let counted: Promise<T> | undefined
  return () => {
    counted ??= count()
    return counted
  }
}

/** The first cell of a row over time; in a file the place's first day. */
export function placeCell({ places, stretch }: Asking, at: number): Cell {
  return { shown: places[at]?.whole ?? '', value: stretch.first[at] ?? '' }
}

/** How a mailbox is called. */
export function deskOf({ c, mailboxes }: Asking, mailboxId: string): string {
  const found = mailboxes.find(({ id }) => id === mailboxId)
  return found ? inLanguage(found.department, c.var.language) : ''
}

/** The categories of some rows, in the order of the policy. */
export function categoriesIn(
  rows: readonly { readonly category: Category }[],
): readonly Category[] {
  return categories.filter((code) => rows.some(({ category }) => category === code))
}

export function sumOf(rows: readonly { readonly n: number }[]): number {
  return rows.reduce((sum, { n }) => sum + n, 0)
}

/** A share as people read it: 0.734 is 73%. */
export function percentCell(share: number): Cell {
  return { shown: `${Math.round(share * 100)}%`, value: Number(share.toFixed(3)) }
}

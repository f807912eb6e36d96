import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { maxOf } from '../../domain/lists.ts'

/** One of the sheets or tables of a file, and how much it looks like a table. */
export interface Page {
  title: string
  /** Which one of the file it is, from 0. */
  place: number
  size: number
  isHidden: boolean
}

/** How much rows of these widths look like a table, at its top: rows times columns, up to 12 × 6. */
export function sizeOfTable(widths: readonly number[]): number {
  const capped = widths.map((width) => Math.min(width, 6))
  const widest = maxOf(capped, 0)
  const full = capped.filter((width) => width >= Math.max(1, widest / 2)).length
  return Math.min(full, 12) * widest
}

/** The first visible sheet that scores at least nearly half as much as the best one. */
function mostTableLike<T extends Page>(pages: readonly T[]): T | undefined {
  const visible = pages.filter(({ isHidden }) => !isHidden)
  const best = visible.reduce((most, { size }) => Math.max(most, size), 0)
  return visible.find(({ size }) => size >= best * 0.4)
}

/**
 * The page that is meant: the one named, else the one most like a table.
 * @throws Fault `usage` if there is none.
 */
export function findPage<T extends Page>(
  pages: readonly T[],
  wish: string | undefined,
  name: string,
): T {
  const found =
    wish === undefined
      ? mostTableLike(pages)
      : (pages.find(({ title }) => title === wish) ??
        pages.find(({ title }) => nameKey(title) === nameKey(wish)))
  if (found) return found
  if (wish === undefined) {
    const hidden = `name one of those that are hidden with --sheet: ${titlesOf(pages)}`
    throw new Fault('usage', `${name} has no visible sheet`, hidden)
  }
  const hint = `it has: ${titlesOf(pages)}`
  throw new Fault('usage', `${name} has no sheet “${wish}”`, hint)
}

// A workbook of a year has a sheet for each day.
const MOST_TITLES = 400

/** Names of pages, for people. */
function listed(titles: readonly string[]): string {
  const more = titles.length - MOST_TITLES
  const shown = titles.slice(0, MOST_TITLES).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

function titlesOf(pages: readonly Page[]): string {
  return listed(pages.map(({ title }) => title))
}

/** Names the other pages with content. @param least how much they must look like a table. */
export function otherPages(pages: readonly Page[], read: Page, least = 1): string[] {
  const others = pages
    .filter((page) => page !== read && !page.isHidden && page.size >= least)
    .map(({ title }) => `“${title}”`)
  if (others.length === 0) return []
  return [`only the sheet “${read.title}” was read; there is also ${listed(others)}`]
}

/** The fault of an empty page. */
export function emptyPage(pages: readonly Page[], { title }: Page, name: string): Fault {
  const hint = 'the first row must name the columns'
  const other = `name another one with --sheet: ${titlesOf(pages)}`
  return new Fault(
    'usage',
    `the sheet “${title}” of ${name} is empty`,
    pages.length > 1 ? other : hint,
  )
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inside, runInside } from '../support/inside.ts'
import { yearBook } from '../support/year.ts'

let parent: string
let book: Inside

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  book = await yearBook(parent)
  await book.ok('settings', 'set', 'locale', 'de-DE')
  await book.ok('settings', 'set', 'target-amount', '50000')
  await book.ok('task', 'add', 'Ring back', '--client', '1', '--due', '2026-12-01', '--every', '2w')
  await book.ok('segment', 'add', 'New', '--where', 'added>=2026-01-01')
  await book.ok('deal', 'edit', '130', '--expected-close', '2026-12-15')
  book.save('d.csv', 'client,title,opened\nPier Nine,Crane,01.10.2026\nPier Nine,Winch,\n')
}, 60_000)
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** A day that a person reads: none that is typed, as in a command, an option or a span. */
function isoDays(text: string): string[] {
  return text
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .split('\n')
    .filter((line) => !/\bfunnel |--|\d{4}-\d\d-\d\d\.\.|>=?\d{4}-/.test(line))
    .filter((line) => /(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])/.test(line))
}

/** A line here is all that a new screen needs. */
const SCREENS = [
  'today',
  'today --week',
  'deal list --status all',
  'deal list --status all --columns id,opened,stage-since,closed,expected',
  'deal show 1',
  'deal show 130',
  'client list --columns name,added,last-contact',
  'client show 1',
  'task list',
  'task list --status done',
  'find crane',
  'history',
  'segment show new',
  'process show 1',
  'settings list',
  'outbox list',
  'doctor',
  'report open --list',
  'report open --explain',
  'report closed --by month --compare previous',
  'report cohort --by quarter',
  'report losses',
  'report losses --by month --compare previous',
  'report sources --by month',
  'report owners --compare year-ago',
  'report bottlenecks --by owner',
  'report velocity',
  'report activity',
  'report standards',
  'forecast',
  'forecast --backtest',
  'forecast --by week',
  'forecast --explain',
  'forecast --explain 130',
  'forecast --weighted',
  'plan --wins 3',
  'check new-leads>=1/week stuck<=1000 forecast.p50>=1',
  'snapshot',
  'snapshot --period last-month',
  'snapshot --format md',
  'snapshot --format html',
  'report open --list --html -',
  'report activity --html -',
  'report closed --by month --md',
  'today --ics - --week',
  'task add Call --client 1 --due 2026-12-04',
  'task postpone call --to 2026-12-05',
  'log call 1 hello --on 2026-11-20 --next Again --due 2026-12-07',
  'deal edit 130 --expected-close 2027-01-15',
  'advance 130 --on 2026-11-22',
  'win 130 --on 2026-11-21',
  'import deals d.csv --yes --dry-run --create clients',
  'import deals d.csv --yes --create clients',
  'undo',
]

describe('in a German book no screen has a day of the program’s own', () => {
  it.each(SCREENS)('%s', async (line) => {
    const wide = /html|md|ics/.test(line) ? {} : { columns: 120 }
    const { out, err } = await runInside(book.folder, line.split(' '), wide)
    expect(out + err).not.toBe('')
    // A calendar and its like are for programs.
    if (!line.includes('--ics')) expect(isoDays(out + err)).toEqual([])
  })
})

import path from 'node:path'
import { type Finding, repairBook } from '../book/doctor.ts'
import { examineInTime } from '../book/examine-apart.ts'
import { type Leftovers, removeLeftFolders, removeLeftoversIn } from '../book/files/leftovers.ts'
import { defineCommand, flag, option } from '../cli/command.ts'
import { shortPath } from '../cli/context.ts'
import type { Io } from '../cli/io.ts'
import { readCount } from '../cli/options.ts'
import { Fault } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'

/** Findings that are settled once they are reported: the search index is rebuilt at once. */
function isMended(finding: Finding, left: readonly Finding[]): boolean {
  return !left.some(({ check, message }) => check === finding.check && message === finding.message)
}

/** Looks where commands write: next to the book, in the current folder, and where stdin is kept. */
function leftAnywhere(book: string, { cwd, now }: Io): Leftovers {
  const folders = new Set([path.dirname(path.resolve(book)), path.resolve(cwd)])
  const all = [
    ...[...folders].map((folder) => removeLeftoversIn(folder, now().getTime())),
    removeLeftFolders(),
  ]
  return {
    removed: all.flatMap(({ removed }) => removed),
    stuck: all.flatMap(({ stuck }) => stuck),
  }
}

const SHOWN = 10

function whichDeals(deals: readonly number[]): string {
  const more = deals.length > SHOWN ? ', …' : ''
  return `${deals.length === 1 ? 'deal' : 'deals'} ${deals.slice(0, SHOWN).join(', ')}${more}`
}

/** What is said of opening days that look made up: not damage, and no reason for a gate to fail. */
function daysRemark(deals: readonly number[], marked: boolean): string[] {
  if (deals.length === 0) return []
  const many = counted(deals.length, 'deal')
  const which = whichDeals(deals)
  return [
    marked
      ? `marked: the opening day of ${many} as not known (${which}); ` +
        'where you know one: funnel deal edit N --opened DAY'
      : `remark: ${many} of an older import ${deals.length === 1 ? 'has' : 'have'} an opening day ` +
        `that looks made up, as it is the day of closing or of the import (${which}); ` +
        'mark it as not known: funnel doctor --repair',
  ]
}

/** What these have lost is only in a backup. */
function isLost({ check, message }: Finding): boolean {
  return check === 'references' || check === 'file' || /^the table \S+ is missing$/.test(message)
}

const MENDABLE = new Set<Finding['check']>([
  'journal',
  'standing',
  'stays',
  'contacts',
  'permissions',
])

function isMendable({ check, message }: Finding): boolean {
  return MENDABLE.has(check) || (check === 'schema' && /^the (?:trigger|index) /.test(message))
}

/** What to type next; findings about settings say it themselves. */
function wayOut(findings: readonly Finding[], repaired: boolean): string | undefined {
  const isUnfinished = ({ message }: Finding): boolean => message.startsWith('not finished')
  if (findings.some((one) => isLost(one) && !isUnfinished(one))) {
    return 'restore your last backup: funnel restore FILE'
  }
  if (findings.some(isUnfinished)) return 'give it longer: funnel doctor --limit 600'
  return !repaired && findings.some(isMendable) ? 'funnel doctor --repair' : undefined
}

export default defineCommand({
  description:
    'Checks the file, its tables and triggers, the settings, the references between records, ' +
    'the journal, who can read it and where it is kept, and works out every deal’s state again ' +
    'from its events. The search index is compared with the records, and rebuilt if it ' +
    'differs. Unfinished files that a killed command left next to the book, in this folder or ' +
    'in the one for temporary files are removed. --repair rebuilds whatever follows from other ' +
    'records, removes triggers and indexes of other programs, stops others from reading the ' +
    'files, and marks opening days that an older release made up as unknown; without it they ' +
    'are only mentioned. What was lost, only a backup has. A check that takes far longer than ' +
    'a book of this size needs is stopped, and reported as unfinished. The exit code is 1 if ' +
    'something is wrong and stays wrong.',
  options: {
    repair: flag('--repair', 'rebuild what can be derived'),
    limit: option('--limit <seconds>', 'how long a check may take', readCount),
  },
  examples: ['doctor', 'doctor --json', 'doctor --repair'],
  async run(context, _args, { repair, limit }) {
    const book = await context.book(repair === true ? 'take-out' : 'keep')
    const file = shortPath(context.io, book.path)
    const found = await examineInTime(book, limit)
    // A file that SQLite finds damaged is left as it is: writing to it could lose more.
    const canRepair = !found.some(({ check }) => check === 'file')
    const madeUp = canRepair ? (await book.store.care()).madeUpDays() : []
    const repairs = repair === true && canRepair && found.length + madeUp.length > 0
    if (repairs) await repairBook(book)
    const findings = repairs ? await examineInTime(book, limit) : found
    const mended = repairs ? found.filter((finding) => isMended(finding, findings)) : []
    const left = leftAnywhere(book.path, context.io)
    const name = (one: string): string => shortPath(context.io, one)
    const lines = [
      ...left.removed.map((one) => `removed: ${name(one)}, which a killed command had left`),
      ...left.stuck.map((one) => `cannot be removed: ${name(one)}, which a killed command left`),
      ...mended.map(({ check, message }) => `mended: ${check}: ${message}`),
      ...findings.map(({ check, message }) => `${check}: ${message}`),
      ...daysRemark(madeUp, repairs),
      ...(findings.length === 0 ? [`${file} is sound`] : []),
    ]
    await context.tell(lines.join('\n'), {
      book: book.path,
      sound: findings.length === 0,
      findings,
      mended,
      made_up_days: { deals: madeUp, marked: repairs && madeUp.length > 0 },
      removed: left.removed,
    })
    if (findings.length === 0) return
    throw new Fault(
      'failed',
      `${file} is not sound: ${counted(findings.length, 'finding')}`,
      wayOut(findings, repairs),
    )
  },
})

import { examineBook, type Finding, repairBook } from '../book/doctor.ts'
import { removeLeftovers } from '../book/leftovers.ts'
import { madeUpDays } from '../book/made-up-days.ts'
import { defineCommand, flag } from '../cli/command.ts'
import { shortPath } from '../cli/context.ts'
import { Fault } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'

/** Findings that nothing is left of once they are told: the search index is made anew at once. */
function isMended(finding: Finding, left: readonly Finding[]): boolean {
  return !left.some(({ check, message }) => check === finding.check && message === finding.message)
}

const SHOWN = 10

function whichDeals(deals: readonly number[]): string {
  const more = deals.length > SHOWN ? ', …' : ''
  return `${deals.length === 1 ? 'deal' : 'deals'} ${deals.slice(0, SHOWN).join(', ')}${more}`
}

/** What is said of opening days that look made up: no damage, and nothing that a gate should stop at. */
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

export default defineCommand({
  description:
    'Checks the file, the references between records, the journal, who may read it, and works out ' +
    'every deal’s standing anew from its events. What funnel find looks through is compared with the ' +
    'records, and made anew where it differs; unfinished copies that a killed command left beside ' +
    'the book are removed. --repair makes anew whatever follows from other ' +
    'records, and takes the files away from others; what was lost, only a backup has. It also marks ' +
    'opening days that an older release made up as not known; without it they are a remark. Exit ' +
    'code 1 where something is wrong and stays so.',
  options: { repair: flag('--repair', 'make anew what can be derived') },
  examples: ['doctor', 'doctor --json', 'doctor --repair'],
  async run(context, _args, { repair }) {
    const book = await context.book()
    const file = shortPath(context.io, book.path)
    const found = await examineBook(book)
    // A file that SQLite finds damaged is left as it is: writing to it could lose more.
    const canRepair = !found.some(({ check }) => check === 'file')
    const madeUp = canRepair ? madeUpDays(book.raw) : []
    const repairs = repair === true && canRepair && found.length + madeUp.length > 0
    if (repairs) await repairBook(book)
    const findings = repairs ? await examineBook(book) : found
    const mended = repairs ? found.filter((finding) => isMended(finding, findings)) : []
    const left = removeLeftovers(book.path, context.io.now().getTime())
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
    const lost = findings.some(({ check }) => check === 'file' || check === 'references')
    const hint = lost ? 'restore your last backup: funnel restore FILE' : 'funnel doctor --repair'
    throw new Fault(
      'failed',
      `${file} is not sound: ${counted(findings.length, 'finding')}`,
      repairs && !lost ? undefined : hint,
    )
  },
})

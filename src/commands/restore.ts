import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Beyond, beyondBackup } from '../book/files/beyond-backup.ts'
import { isSameFile, placeFor, putLogsAside } from '../book/files/new-file.ts'
import { uidOf } from '../book/files/backup.ts'
import { removeLeftovers } from '../book/files/leftovers.ts'
import { type BookFacts, type Staged, stageBackup } from '../book/files/restore.ts'
import { LOCAL_BOOK } from '../cli/locate.ts'
import { localTimes, moment } from '../cli/clock.ts'
import { onInterrupt, pastInterrupt } from '../cli/interrupt.ts'
import { defineCommand, option } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { type Context, shortPath } from '../cli/context.ts'
import { Fault } from '../domain/fault.ts'
import { localDays } from '../domain/locale.ts'
import { counted } from '../domain/text.ts'
import { saySetAside } from './shared/set-aside-logs.ts'

/** How many of what left the house to name. */
const MOST_NAMED = 5

/** Moments as the book writes them: `23.11.2026 13:00`. */
function timesOf({ timezone, locale }: BookFacts): (moment: string) => string {
  const local = localTimes(timezone)
  return (at) => (locale === null ? local(at) : localDays(local(at), locale))
}

function describe(facts: BookFacts): string {
  const { clients, deals, at } = facts
  const last = at === null ? 'nothing done yet' : `last change ${timesOf(facts)(at)}`
  return `${counted(clients, 'client')}, ${counted(deals, 'deal')}, ${last}`
}

/** What the book has and the backup lacks, line by line; empty if the backup has it all. */
function lost(beyond: Beyond, facts: BookFacts): string[] {
  const { operations, added, last, final } = beyond
  if (operations === 0) return []
  const { clients, deals, interactions, tasks, invoices, payments } = added
  const rows = [
    counted(clients, 'client'),
    counted(deals, 'deal'),
    counted(interactions, 'interaction'),
    counted(tasks, 'task'),
    ...(invoices > 0 ? [counted(invoices, 'invoice')] : []),
    ...(payments > 0 ? [counted(payments, 'payment')] : []),
  ].join(', ')
  const time = timesOf(facts)
  return [
    `the backup lacks ${counted(operations, 'operation')} of this book, which added ${rows}:`,
    ...last.map(({ id, at, summary }) => `  ${id}  ${time(at)}  ${summary}`),
    ...(operations > last.length
      ? [`  and ${operations - last.length} before: funnel history`]
      : []),
    ...leftTheHouse(final),
  ]
}

/** What clients have, and the restored book will know nothing of: it gives the same numbers again. */
function leftTheHouse(final: readonly string[]): string[] {
  if (final.length === 0) return []
  const more = final.length > MOST_NAMED ? `, and ${final.length - MOST_NAMED} more` : ''
  return [
    `warning: after restoring, the book will not know that ${final.slice(0, MOST_NAMED).join(', ')}${more}; ` +
      'enter that again before anything new, as its numbers are given once more',
  ]
}

/** Says what would go, or is going, with the book. Returns what there is of it. */
function sayLost(context: Context, target: string, facts: BookFacts): Beyond | null {
  const beyond = beyondBackup(target, facts)
  for (const line of beyond ? lost(beyond, facts) : []) context.say(line)
  return beyond
}

async function confirm(context: Context, book: string, what: string): Promise<void> {
  if (context.globals.yes || !existsSync(book)) return
  const name = shortPath(context.io, book)
  if (!context.interactive) {
    const message = `this would replace ${name} by a backup (${what}), so it needs a yes`
    throw new Fault('usage', message, 'if you mean it, add --yes')
  }
  const { confirm: ask } = await context.ask()
  if (await ask(`Replace ${name} by the backup (${what})?`, false)) return
  throw new Fault('failed', 'nothing was restored')
}

/**
 * What is said if the backup is of a different book from the one to be replaced.
 * @throws Fault `usage` if that is one in the data folder, which nobody named.
 */
function otherness({ io, globals }: Context, target: string, { uid }: BookFacts): string {
  const there = uidOf(target)
  if (there === uid) return ''
  const isNamed = (globals.book ?? io.env.FUNNEL_BOOK) !== undefined
  if (!isNamed && path.dirname(target) !== path.resolve(io.cwd)) {
    const what = `there is no ${LOCAL_BOOK} here, and ${target} is a different book from the backup's`
    throw new Fault('usage', what, `to restore it here, add --book ${LOCAL_BOOK}`)
  }
  return there === null
    ? '; what was there cannot be read as a book'
    : '; it is of another book than this'
}

export default defineCommand({
  description:
    'Puts a backup in place of the book, after checking that it is a backup and sound. What ' +
    'the book has and the backup does not is listed first, and the old book is kept next to it ' +
    '(funnel.db.replaced-…). Programs that have the book open continue with the restored one; ' +
    'a crash on the way leaves the old one.',
  arguments: [{ syntax: '<file>', help: 'a backup' }],
  options: {
    limit: option('--limit <seconds>', 'how long checking it may take', readCount),
  },
  examples: ['restore backup.db --yes'],
  async run(context, [file = ''], { limit }) {
    // A link stays a link: what it leads to is the book.
    const target = placeFor(context.bookPath())
    const from = path.resolve(context.io.cwd, file)
    if (isSameFile(from, target))
      throw new Fault('usage', `${file} is the book itself`, 'name a backup')
    const left = removeLeftovers(target, context.io.now().getTime()).removed
    const names = left.map((name) => shortPath(context.io, name)).join(', ')
    if (left.length > 0) context.say(`removed what a killed command had left: ${names}`)
    const calm = onInterrupt()
    let staged: Staged | undefined
    try {
      staged = await stageBackup(from, target, limit)
      const other = existsSync(target) ? otherness(context, target, staged.facts) : ''
      const beyond = sayLost(context, target, staged.facts)
      await confirm(context, target, describe(staged.facts) + other)
      saySetAside(context, putLogsAside(target))
      const { kept, facts } = await staged.restore(moment(context.io))
      pastInterrupt()
      const lines = [`restored ${shortPath(context.io, target)}: ${describe(facts)}${other}`]
      if (kept !== null) lines.push(`the book as it was is ${shortPath(context.io, kept)}`)
      await context.tell(lines.join('\n'), {
        book: target,
        kept,
        clients: facts.clients,
        deals: facts.deals,
        operation: facts.operation,
        lacked: beyond && { operations: beyond.operations, ...beyond.added, final: beyond.final },
      })
    } finally {
      staged?.discard()
      calm()
    }
  },
})

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { BookFacts } from '../book/copy.ts'
import { isSameFile } from '../book/new-file.ts'
import { uidOf } from '../book/backup.ts'
import { removeLeftovers } from '../book/leftovers.ts'
import { type Staged, stageBackup } from '../book/restore.ts'
import { localTimes, moment } from '../cli/clock.ts'
import { onInterrupt, pastInterrupt } from '../cli/interrupt.ts'
import { defineCommand } from '../cli/command.ts'
import { type Context, shortPath } from '../cli/context.ts'
import { Fault } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'

function describe({ clients, deals, at, timezone }: BookFacts): string {
  const last = at === null ? 'nothing done yet' : `last change ${localTimes(timezone)(at)}`
  return `${counted(clients, 'client')}, ${counted(deals, 'deal')}, ${last}`
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

export default defineCommand({
  description:
    'Puts a backup in the place of the book, after checking that it is one and sound. The book as it ' +
    'was is kept beside it (funnel.db.replaced-…). Programs that have the book open go on with the ' +
    'restored one; a crash on the way leaves the old one.',
  arguments: [{ syntax: '<file>', help: 'a backup' }],
  options: {},
  examples: ['restore backup.db --yes'],
  async run(context, [file = '']) {
    const target = context.bookPath()
    const from = path.resolve(context.io.cwd, file)
    if (isSameFile(from, target))
      throw new Fault('usage', `${file} is the book itself`, 'name a backup')
    const left = removeLeftovers(target, context.io.now().getTime()).removed
    const names = left.map((name) => shortPath(context.io, name)).join(', ')
    if (left.length > 0) context.say(`removed what a killed command had left: ${names}`)
    const calm = onInterrupt()
    let staged: Staged | undefined
    try {
      staged = await stageBackup(from, target)
      const isOther = existsSync(target) && uidOf(target) !== staged.facts.uid
      const other = isOther ? '; it is of another book than this' : ''
      await confirm(context, target, describe(staged.facts) + other)
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
      })
    } finally {
      staged?.discard()
      calm()
    }
  },
})

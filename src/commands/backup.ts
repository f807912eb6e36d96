import path from 'node:path'
import { backupBook } from '../book/files/backup.ts'
import { defineCommand, flag, option } from '../cli/command.ts'
import { onInterrupt, pastInterrupt } from '../cli/interrupt.ts'
import { shortPath } from '../cli/context.ts'
import { saySetAside } from './shared/set-aside-logs.ts'
import { readCount } from '../cli/options.ts'
import { counted } from '../domain/text.ts'

export default defineCommand({
  description:
    'Copies the book as it is at one moment, even while others are writing to it, and reads ' +
    'the copy back before giving it its name. Without a file, or with a folder, the copy gets ' +
    'a dated name (funnel.db.2026-11-23T120000Z), and --keep removes all but the newest such ' +
    'copies of this book. Nothing else is ever overwritten. Only you can read the copy.',
  arguments: [{ syntax: '[file]', help: 'a file or a folder; default: the book’s folder' }],
  options: {
    keep: option('--keep <count>', 'keep this many backups with dated names', readCount),
    replace: flag('--replace', 'replace the file, if it is an earlier backup of this book'),
  },
  examples: ['backup', 'backup --keep 8', 'backup monday.db'],
  async run(context, [file], { keep, replace }) {
    const book = await context.book()
    const { recordedAt } = await context.moment()
    const separator = file !== undefined && /[/\\]$/.test(file) ? path.sep : ''
    const target = file === undefined ? undefined : path.resolve(context.io.cwd, file) + separator
    const calm = onInterrupt()
    const done = await backupBook(book, { target, at: recordedAt, keep, replace }).finally(calm)
    pastInterrupt()
    saySetAside(context, done.aside)
    const { clients, deals, operation } = done.facts
    const gone = done.removed.length
    await context.tell(
      `backed up to ${shortPath(context.io, done.file)}: ${counted(clients, 'client')}, ` +
        `${counted(deals, 'deal')}${gone > 0 ? `; removed ${counted(gone, 'older backup')}` : ''}`,
      { file: done.file, bytes: done.bytes, clients, deals, operation, removed: done.removed },
    )
  },
})

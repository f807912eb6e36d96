import { readFileSync, statSync } from 'node:fs'
import { defineCommand, flag } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { readFirm } from '../../import/firm/read.ts'
import { bringFirm } from '../../records/firm/exchange.ts'
import { unreadable } from '../../import/read/file.ts'
import { type NamedFile, withFile } from './spool.ts'

/** A logo of 512 KiB in Base64, and the rest many times over. */
const MOST_BYTES = 4 << 20

function textOf({ file, name }: NamedFile): string {
  try {
    if (statSync(file).size > MOST_BYTES) {
      throw new Fault('usage', `${name} is too large for a file of a company`)
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(error, name)
  }
}

export default defineCommand({
  description:
    'Reads what funnel export company writes: your company, its logo, taxes, terms of payment and bank ' +
    'accounts. Those with a name that the book has are changed; what the file does not say stays.',
  arguments: [{ syntax: '<file>', help: 'JSON; - reads stdin' }],
  options: { dryRun: flag('--dry-run', 'say what would happen, and change nothing') },
  examples: ['import company company.json --dry-run'],
  run: (context, [file = ''], { dryRun = false }) =>
    withFile(context, file, async (source) => {
      const values = readFirm(textOf(source), source.name)
      await context.change({ dryRun }, async (db) => {
        const brought = await bringFirm(db, values)
        const parts = [
          counted(brought.texts, 'value'),
          counted(brought.taxes, 'tax', 'taxes'),
          `${brought.terms} terms`,
          counted(brought.bank_accounts, 'bank account'),
        ]
        return {
          summary: `imported your company from ${source.name}: ${parts.join(', ')}`,
          result: { file: source.name, ...brought },
        }
      })
    }),
})

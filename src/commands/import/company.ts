import { defineCommand, flag } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { readFirm } from '../../import/firm/read.ts'
import { bringFirm } from '../../records/firm/exchange.ts'
import { jsonFileText } from './json-file.ts'
import { withFile } from './spool.ts'

export default defineCommand({
  description:
    'Reads what funnel export company writes: your company, its logo, taxes, terms of payment and bank ' +
    'accounts. Those with a name that the book has are changed; what the file does not say stays. A key that is not known ' +
    'is refused.',
  arguments: [{ syntax: '<file>', help: 'JSON; - reads stdin' }],
  options: { dryRun: flag('--dry-run', 'say what would happen, and change nothing') },
  examples: ['import company company.json --dry-run'],
  run: (context, [file = ''], { dryRun = false }) =>
    withFile(context, file, async (source) => {
      const values = readFirm(jsonFileText(source, 'a file of a company'), source.name)
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

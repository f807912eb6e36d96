import { defineCommand } from '../../cli/command.ts'
import { writeOut } from '../../cli/write-out.ts'
import { jsonText } from '../../domain/json-text.ts'
import { firmFile } from '../../records/firm/exchange.ts'
import { requireJson } from './json-only.ts'
import { fileOptions } from './options.ts'

export default defineCommand({
  description:
    'Your company with its logo, taxes, terms of payment and bank accounts, as JSON: for another book, ' +
    'which funnel import company reads it into.',
  options: { out: fileOptions.out },
  examples: ['export company', 'export company --out company.json'],
  async run(context, _args, { out }) {
    requireJson(context, out, 'your company goes')
    const { db } = await context.book()
    await writeOut(context, [`${jsonText(await firmFile(db), 2)}\n`], out)
  },
})

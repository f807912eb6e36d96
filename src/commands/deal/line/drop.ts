import { defineCommand } from '../../../cli/command.ts'
import { dropLine, settleLines } from '../../../records/lines/change.ts'
import { lineName, lineNamed, loadLines } from '../../../records/lines/load.ts'
import { find } from '../../../records/lookup.ts'
import { dealCurrency } from '../../shared/deal-money.ts'
import { dealArgument } from '../../shared/deal-steps.ts'
import { lineArgument } from './edit.ts'
import { amountText, lineOptions } from './fields.ts'

export default defineCommand({
  description:
    'Without any line that counts, the deal keeps the amount that it has, and deal edit --amount sets it.',
  arguments: [dealArgument, lineArgument],
  options: { on: lineOptions.on },
  examples: ['deal line drop 1 2'],
  run: (context, [text = '', lineText = ''], { on }) =>
    context.change({ on }, async (db, moment) => {
      const { id: dealId, name: title } = await find(db, 'deal', text)
      const currency = await dealCurrency(context, db, dealId)
      const lines = await loadLines(db, dealId)
      const line = lineNamed(lines, dealId, lineText)
      await dropLine(db, dealId, lines, line)
      const settled = await settleLines(db, { dealId, digits: currency.digits, moment })
      return {
        summary: `dropped line ${lineName(line)} of deal ${dealId} (${title})${amountText(settled, currency)}`,
        result: { deal: dealId, line: line.position },
      }
    }),
})

import { defineCommand, flag } from '../../../cli/command.ts'
import { Fault } from '../../../domain/fault.ts'
import { nothingToChange } from '../../../records/dictionaries.ts'
import {
  chooseLine,
  leaveOutLine,
  lineValues,
  settleLines,
  writeLine,
} from '../../../records/lines/change.ts'
import { lineNamed, loadLines } from '../../../records/lines/load.ts'
import { find } from '../../../records/lookup.ts'
import { dealCurrency } from '../../shared/deal-money.ts'
import { dealArgument } from '../../shared/deal-steps.ts'
import { warnOfOddities } from '../../shared/deal-warnings.ts'
import { type Exchanged, withExchanged } from '../../shared/exchanged.ts'
import { amountText, givenValues, lineOptions, linePrices } from './fields.ts'

/** The argument that names a line of a deal. */
export const lineArgument = {
  syntax: '<line>',
  help: 'its number in the deal, or part of its product or text',
}

export default defineCommand({
  description: 'A line keeps its price, cost and tax rate when its product’s change.',
  arguments: [dealArgument, lineArgument],
  options: {
    ...lineOptions,
    required: flag('--required', 'no longer an option: part of the amount'),
    choose: flag('--choose', 'take this option, or this alternative'),
    leaveOut: flag('--leave-out', 'leave this option or alternative out again'),
  },
  examples: ['deal line edit 1 1 --quantity 4 --price 1199', 'deal line edit 1 transport --choose'],
  run: (context, [text = '', lineText = ''], options) =>
    context.change({ on: options.on }, async (db, moment) => {
      const { id: dealId, name: title } = await find(db, 'deal', text)
      const currency = await dealCurrency(context, db, dealId)
      const { optional, required, choose, leaveOut } = options
      if ((optional && required) || (choose && leaveOut)) {
        const both = optional ? '--optional and --required' : '--choose and --leave-out'
        throw new Fault('usage', `${both} cannot be used together`)
      }
      const line = lineNamed(await loadLines(db, dealId), dealId, lineText)
      const converted: Exchanged[] = []
      const book = (await context.book()).settings.currency
      const prices = linePrices(db, currency, book, { on: moment.on, converted })
      const values = await givenValues(options, prices)
      const isChosen = choose ?? leaveOut ?? false
      const isOption = optional ? true : required ? false : line.optional === 1
      if (optional && line.alternative_of !== null) {
        throw new Fault(
          'usage',
          `line ${line.position} is an alternative, and cannot be an option as well`,
        )
      }
      const change = { dealId, digits: currency.digits, moment }
      const isChanged = Object.keys(values).length > 0 || isOption !== (line.optional === 1)
      if (!isChanged && !isChosen && !optional && !required) throw nothingToChange('deal line')
      if (values.text === null && line.product_id === null) {
        throw new Fault('usage', 'a line without a product needs a text', 'give it: --text "TEXT"')
      }
      if (isChanged) {
        const chosen = line.chosen === 1 && (isOption || line.alternative_of !== null)
        await writeLine(db, change, line.id, {
          ...lineValues(line),
          ...values,
          optional: isOption,
          chosen,
        })
      }
      const lines = await loadLines(db, dealId)
      const now = lines.find(({ id }) => id === line.id) ?? line
      if (choose) await chooseLine(db, lines, now)
      if (leaveOut) await leaveOutLine(db, now)
      const settled = await settleLines(db, change)
      await warnOfOddities(context, db, dealId, ['terms'])
      const done = {
        summary: `changed line ${line.position} of deal ${dealId} (${title})${amountText(settled, currency)}`,
        result: { deal: dealId, line: line.position },
      }
      return withExchanged(done, converted)
    }),
})

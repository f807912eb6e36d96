import { defineCommand } from '../../../cli/command.ts'
import { toDecimal } from '../../../domain/money.ts'
import { loadLines } from '../../../records/lines/load.ts'
import { find } from '../../../records/lookup.ts'
import { dealArgument } from '../../shared/deal-steps.ts'
import { dealCurrency } from '../../shared/deal-money.ts'
import { lineSection, lineTotals, taxSection } from './section.ts'

export default defineCommand({
  description: 'Tax is worked out per rate, on the sum of its lines, and not per line.',
  arguments: [dealArgument],
  options: {},
  examples: ['deal line list 1', 'deal line list 1 --json'],
  async run(context, [text = '']) {
    const { db } = await context.book()
    const { id, name } = await find(db, 'deal', text)
    const currency = await dealCurrency(context, db, id)
    const lines = await loadLines(db, id)
    const section = lineSection(lines, currency)
    const { net, tax, gross } = lineTotals(lines)
    const taxes = taxSection(lines)
    const decimal = (minor: number | null): number | null =>
      minor === null ? null : toDecimal(minor, currency)
    await context.print({
      name: 'lines',
      title: `Lines of deal ${id}: ${name} (${lines.length})`,
      subtitle: [],
      currency,
      head: { deal: id, net: decimal(net), tax: decimal(tax), gross: decimal(gross) },
      sections: [
        {
          ...section,
          title: '',
          footer: { what: 'Net', net },
        },
        {
          ...taxes,
          hidden: taxes.rows.length === 0,
        },
      ],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: 'No lines; funnel deal line add adds one.',
    })
  },
})

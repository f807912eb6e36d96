import { type Currency, formatMoney } from '../../domain/money.ts'
import type { Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import type { Cells } from './cells.ts'
import type { FactsOf } from './funnel.ts'

/** What the median days leave out. */
export function sinceNote(cells: Cells): string[] {
  const deals = cells.reduce((sum, cell) => sum + (cell.sinceKnown === 0 ? cell.deals : 0), 0)
  if (deals === 0) return []
  return [`Left out of median days: ${counted(deals, 'deal')} in a stage since a day not known.`]
}

/** What Weighted leaves out. */
export function chanceNote(cells: Cells, factsOf: FactsOf, currency: Currency): string[] {
  let deals = 0
  let sum = 0
  for (const { processId, stageId, set, ...cell } of cells) {
    if (factsOf(processId, stageId, 0).probability !== null) continue
    deals += cell.deals - set.reduce((all, one) => all + one.deals, 0)
    sum += cell.amount - set.reduce((all, one) => all + one.amount, 0)
  }
  if (deals === 0) return []
  const amount = formatMoney(sum, currency)
  return [
    `Weighted leaves out ${counted(deals, 'deal')} (${amount}) whose stages have no chance to win; ` +
      'funnel process edit gives them one.',
  ]
}

/** How many chances were set by hand, and what Weighted would be without. */
export function setNote(totals: Row, currency: Currency): string[] {
  const deals = Number(totals.set_by_hand)
  if (deals === 0) return []
  const learnt = totals.weighted_learnt
  const without =
    typeof learnt === 'number'
      ? `; without, Weighted would be ${formatMoney(learnt, currency)}`
      : ''
  return [`Chance set by hand: ${counted(deals, 'deal')}${without}.`]
}

import { holdsMoney, isNumeric } from './content.ts'
import type { ImportKind } from './fields.ts'
import { headerKey } from './header.ts'
import type { Proposal } from './target.ts'

/** Words that a header of money has in it, in the languages that headers are read in. */
const WORDS = new Set(
  `amount, value, worth, price, total, subtotal, sum, revenue, sales, budget, fee, net, gross, quote,
  acv, tcv, arr, mrr, turnover, invoiced, betrag, wert, preis, summe, gesamt, gesamtsumme,
  gesamtpreis, umsatz, netto, brutto, honorar, angebotssumme, auftragswert, angebotspreis, montant,
  valeur, prix, somme, chiffre, ht, ttc, importe, valor, precio, suma, ingresos, presupuesto, сумма,
  цена, стоимость, бюджет, выручка, итого, оборот, 金额, 价格, 总价, 总额, 预算, ราคา, มูลค่า, ยอด, ยอดรวม, งบประมาณ`
    .split(',')
    .map((word) => headerKey(word)),
)

/** Words that make of it something that is no amount: a share, a count, a probability. */
const TURNING = new Set(['percent', 'margin', 'discount', 'rate', 'count', 'number', 'cost', 'tax'])

function isMoney({ header, index }: Proposal, samples: readonly (readonly string[])[]): boolean {
  const words = headerKey(header).split(' ')
  if (header.includes('%') || words.some((word) => TURNING.has(word))) return false
  const isNamed = words.some((word) => WORDS.has(word)) || /\p{Sc}/u.test(header)
  return (isNamed && isNumeric(samples, index)) || holdsMoney(samples, index)
}

/**
 * The columns that look like money, by a word of their header above numbers or by what the cells
 * hold, in a list of deals where no column is the amount. Empty where one is, or a default is given.
 */
export function moneyColumns(
  kind: ImportKind,
  columns: readonly Proposal[],
  samples: readonly (readonly string[])[],
  defaults: ReadonlyMap<string, string>,
): Proposal[] {
  const hasAmount = columns.some(({ target }) => target.to === 'field' && target.field === 'amount')
  if (kind !== 'deals' || hasAmount || defaults.has('amount')) return []
  return columns.filter((column) => column.by === 'none' && isMoney(column, samples))
}

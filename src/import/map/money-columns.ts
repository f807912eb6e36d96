import { filledCells, holdsFigures, holdsMoney, isMoney } from './content.ts'
import type { ImportKind } from './fields.ts'
import { headerKey } from './header.ts'
import { isOtherSumWord } from './by-content.ts'
import { isOtherSum } from './synonyms/index.ts'
import type { Proposal } from './target.ts'

/** Words that occur in headers of money, in the languages that headers are read in. */
const WORDS = new Set(
  `amount, value, worth, price, total, subtotal, sum, revenue, sales, budget, fee, net, gross, quote,
  acv, tcv, arr, mrr, turnover, invoiced, betrag, wert, preis, summe, gesamt, gesamtsumme,
  gesamtpreis, umsatz, netto, brutto, honorar, angebotssumme, auftragswert, angebotspreis, montant,
  valeur, prix, somme, chiffre, ht, ttc, importe, valor, precio, suma, ingresos, presupuesto, сумма,
  цена, стоимость, бюджет, выручка, итого, оборот, 金额, 价格, 总价, 总额, 预算, ราคา, มูลค่า, ยอด, ยอดรวม, งบประมาณ`
    .split(',')
    .map((word) => headerKey(word)),
)

/** Words for things with a price, which may be a number or a name as well. */
const PRICED = new Set(
  `offer, offers, order, orders, ordered, invoice, deal, contract, sale, proposal, quotation, angebot, angeboten,
  auftrag, rechnung, bestellung, vertrag, devis, commande, facture, offre, oferta, pedido, factura, заказ, счет, кп,
  договор, сделка, предложение, 订单, 报价, ใบเสนอราคา`
    .split(',')
    .map((word) => headerKey(word)),
)

/** The ends of German words for money: `Auftragssumme`. */
const GERMAN = /(?:wert|summe|betrag|preis|umsatz|volumen)$/

/** Words that turn it into something that is not an amount: a share, a count, a probability. */
const TURNING = new Set(['percent', 'margin', 'discount', 'rate', 'count', 'number', 'cost', 'tax'])

type Samples = readonly (readonly string[])[]

/** 4711, 4712, 4713: numbers that were assigned, not sums. */
function isRunning(samples: Samples, index: number): boolean {
  const cells = filledCells(samples, index).map(Number)
  return (
    cells.length > 1 && cells.every((cell, at) => at === 0 || cell === (cells[at - 1] ?? 0) + 1)
  )
}

function isNamed({ header, index }: Proposal, samples: Samples): boolean {
  const words = headerKey(header).split(' ')
  const isMoneyWord = words.some((word) => WORDS.has(word) || GERMAN.test(word))
  const isPriced = words.some((word) => PRICED.has(word)) && !isRunning(samples, index)
  return (isMoneyWord || isPriced || /\p{Sc}/u.test(header)) && holdsFigures(samples, index)
}

function isTurned({ header }: Proposal): boolean {
  const words = headerKey(header).split(' ')
  return header.includes('%') || words.some((word) => TURNING.has(word))
}

function isAmount({ target }: Proposal): boolean {
  return target.to === 'field' && (target.field === 'amount' || target.field === 'won-amount')
}

/**
 * The columns that look like money, by a word in their header above numbers or by their
 * content, in a list of deals without a column for the amount. Empty if there is one, or a default is given.
 */
export function moneyColumns(
  kind: ImportKind,
  columns: readonly Proposal[],
  samples: Samples,
  defaults: ReadonlyMap<string, string>,
): Proposal[] {
  const hasAmount = columns.some(({ target }) => target.to === 'field' && target.field === 'amount')
  if (kind !== 'deals' || hasAmount || defaults.has('amount')) return []
  return columns.filter(
    (column) =>
      column.by === 'none' &&
      !isTurned(column) &&
      (isNamed(column, samples) || holdsMoney(samples, column.index)),
  )
}

/**
 * The columns that look like what a deal may bring, in a list of deals where another one is the
 * amount. Discounts, taxes and the like are known to be other sums.
 */
export function otherMoneyColumns(
  kind: ImportKind,
  columns: readonly Proposal[],
  samples: Samples,
): Proposal[] {
  if (kind !== 'deals' || !columns.some(isAmount)) return []
  return columns.filter((column) => {
    const key = headerKey(column.header)
    if (column.by !== 'none' || column.target.to !== 'property' || isTurned(column)) return false
    if (isOtherSum(key) || key.split(' ').some(isOtherSumWord)) return false
    return isNamed(column, samples) || isMoney(samples, column.index)
  })
}

/** How many of the first rows give no amount, and how many there are. */
export function withoutAmount(
  columns: readonly Proposal[],
  samples: Samples,
): { rows: number; of: number } {
  const amounts = columns.filter(isAmount)
  const lacking = samples.filter((row) => amounts.every(({ index }) => !row[index]?.trim()))
  return { rows: lacking.length, of: samples.length }
}

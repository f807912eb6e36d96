import { amountDecimal } from './amount.ts'
import { Fault } from './fault.ts'
import type { Currency } from './money.ts'
import { quoted } from './plain-text.ts'
import { isRate, type Rate } from './rate.ts'

/** Decimals that a rate may have. */
const MOST_DECIMALS = 12

const HINT = 'write it as 1.10'

function notAboveZero(text: string): Fault {
  return new Fault('usage', `${quoted(text)} is not a rate above zero`, HINT)
}

const THREE_DECIMALS = /^(\d{1,3})([.,])(\d{3})$/

/** `16,800` is thousands to some; `1.234` is where the book's locale writes decimals with a comma. */
function refuseUnclear(text: string, decimal: string | undefined): void {
  const [, whole = '', mark, parts = ''] = THREE_DECIMALS.exec(text) ?? []
  if (mark === undefined || mark === (decimal ?? '.')) return
  const [small, large] = [`${whole}.${parts}0`, whole + parts]
  throw new Fault('usage', `${quoted(text)} can be ${small} or ${large}`, 'write one of them')
}

/**
 * Reads a rate as it is typed: `1.10`, `1,10`, `150`, `16 800`.
 * @param currency its marks say which sign begins decimals.
 * @throws Fault `usage` if it is not a number above zero, can be two numbers, or has more than 12 digits before
 *   or after the point.
 */
export function parseRate(text: string, { marks }: Pick<Currency, 'marks'>): Rate {
  const typed = text.trim()
  if (typed.startsWith('-')) throw notAboveZero(text)
  if (!/\d/.test(typed)) throw new Fault('usage', `${quoted(text)} is not a rate`, HINT)
  refuseUnclear(typed, marks?.decimal)
  const currency = { code: 'XXX', digits: MOST_DECIMALS, ...(marks ? { marks } : {}) }
  const decimal = /^\d+[.,]\d+$/.test(typed)
    ? typed.replace(',', '.')
    : amountDecimal(typed, currency)
  if (isRate(decimal)) return decimal.replace(/^0+(?=\d)/, '') as Rate
  if (!/[1-9]/.test(decimal)) throw notAboveZero(text)
  throw new Fault('usage', `${quoted(text)} has too many digits for a rate`, HINT)
}

import type { Day } from '../../domain/day.ts'
import {
  decimalOf,
  type Portion,
  PORTION_DIGITS,
  PRICE_DIGITS,
  type Quantity,
  QUANTITY_DIGITS,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import type { NumberMarks } from '../../domain/locale.ts'
import { type Currency, formatMoney, groupDigits } from '../../domain/money.ts'
import { type Tongue, tongueOf } from '../words/index.ts'

/** Writes values in a language and a currency. */
export interface Pen extends Tongue {
  day: (day: Day) => string
  /** `1,190.00`: an amount in minor units. */
  sum: (minor: number) => string
  /** `1,190.00 EUR`. */
  amount: (minor: number) => string
  /** A price of one unit, with at least the decimals of the currency. */
  price: (price: UnitPrice) => string
  quantity: (quantity: Quantity) => string
  /** `19%`, or `19 %` where that is how it is written. */
  share: (portion: Portion) => string
}

/** The signs of a tag, worked out once each, as Intl is slow to begin. */
interface Signs {
  marks: NumberMarks
  /** A percentage around its number. */
  percent: readonly [before: string, after: string]
  days: Intl.DateTimeFormat
}

const signsOf = new Map<string, Signs>()

function signs({ tag, words }: Tongue): Signs {
  const known = signsOf.get(tag)
  if (known) return known
  const parts: readonly { type: string; value: string }[] = new Intl.NumberFormat(
    `${tag}-u-nu-latn`,
    { useGrouping: 'always' as never },
  ).formatToParts(1_234_567.5)
  const sign = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  const percent = new Intl.NumberFormat(`${tag}-u-nu-latn`, { style: 'percent' }).format(0.05)
  const [before = '', after = '%'] = percent.split('5')
  const made: Signs = {
    marks: { group: sign('group'), decimal: sign('decimal') },
    percent: [before, after],
    days: new Intl.DateTimeFormat(`${tag}-u-nu-latn`, { ...words.day, timeZone: 'UTC' }),
  }
  signsOf.set(tag, made)
  return made
}

/** `1,249.99` for `1249.99`, with at least so many decimals. */
function decimalText(decimal: string, { group, decimal: mark }: NumberMarks, least = 0): string {
  const [whole = '', fraction = ''] = decimal.split('.')
  const shown = fraction.padEnd(least, '0')
  const grouped = groupDigits(whole, { group, decimal: mark })
  return shown === '' ? grouped : `${grouped}${mark}${shown}`
}

/** A pen for the language of a tag and amounts in a currency. */
export function penFor(tag: string, { code, digits }: Pick<Currency, 'code' | 'digits'>): Pen {
  const tongue = tongueOf(tag)
  const { marks, percent, days } = signs(tongue)
  const sum = (minor: number): string => formatMoney(minor, { code, digits, marks }, true)
  return {
    ...tongue,
    day(day) {
      const date = new Date(`${day}T00:00:00Z`)
      // A book that something else has changed may have anything there.
      return Number.isNaN(date.getTime()) ? day : days.format(date)
    },
    sum,
    amount: (minor) => `${sum(minor)} ${code}`,
    price: (price) =>
      decimalText(decimalOf(price, PRICE_DIGITS), marks, Math.min(digits, PRICE_DIGITS)),
    quantity: (quantity) => decimalText(decimalOf(quantity, QUANTITY_DIGITS), marks),
    share: (portion) => percent.join(decimalText(decimalOf(portion, PORTION_DIGITS - 2), marks)),
  }
}

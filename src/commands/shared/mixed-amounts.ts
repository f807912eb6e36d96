import { type Currency, type Money, toDecimal } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import { currencyOf, moneyText } from './own-money.ts'

/** An amount of the records of a list, by its key. What is hidden is for programs alone. */
export interface AmountColumn<K extends string> {
  key: K
  label: string
  hidden: boolean
}

/** The cells of each record, the columns of its amounts, and the currency of the amounts if it is one. */
export interface MixedAmounts {
  rows: Row[]
  columns: Column[]
  currency: Currency
}

/**
 * Amounts of records that may be in several currencies: as money if all are in one, else as texts that name it, and
 * for programs as decimals next to `currency`. The records are in minor units.
 */
export function mixedAmounts<K extends string>(
  records: readonly (Row & { currency: string } & Record<K, Money | null>)[],
  amounts: readonly AmountColumn<K>[],
  book: Currency,
): MixedAmounts {
  const codes = new Set(records.map(({ currency }) => currency))
  const [only = book.code] = codes
  const inOwn = (code: string): Currency => currencyOf(code === book.code ? null : code, book)
  if (codes.size <= 1) {
    const columns = amounts.map((amount): Column => ({ ...amount, type: 'money', lasting: true }))
    return { rows: records.map((record) => ({ ...record })), columns, currency: inOwn(only) }
  }
  const columns = amounts.flatMap(({ key, label, hidden }): Column[] => [
    { key: `${key}_text`, label, type: 'text', spoken: true, lasting: true, whole: true, hidden },
    { key, label, type: 'number', hidden: true },
  ])
  const rows = records.map((record): Row => {
    const own = inOwn(record.currency)
    const cells = amounts.flatMap(({ key }) => {
      const minor = record[key]
      return [
        [key, minor === null ? null : toDecimal(minor, own)],
        [`${key}_text`, minor === null ? null : moneyText(minor, own)],
      ]
    })
    return { ...record, ...Object.fromEntries(cells) }
  })
  return { rows, columns, currency: book }
}

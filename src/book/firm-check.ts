import { ibanProblem } from '../domain/firm/iban.ts'
import type { Statements } from './store/store.ts'

/** How many products to name; more would add nothing. */
const MOST_NAMED = 20

const OTHER_RATES = `
  SELECT p.id, t.name FROM products AS p JOIN taxes AS t ON t.id = p.tax_id
  WHERE p.tax IS DISTINCT FROM t.rate ORDER BY p.id LIMIT ${MOST_NAMED}`

const TABLES = [
  ['taxes', 'tax'],
  ['terms', 'terms'],
  ['bank_accounts', 'bank account'],
] as const

/** More than one entry that is taken where none is named. */
function severalDefaults(store: Statements): string[] {
  return TABLES.flatMap(([table, noun]) => {
    const names = store
      .prepare(`SELECT name FROM ${table} WHERE is_default = 1 ORDER BY id`)
      .pluck()
      .all() as string[]
    if (names.length < 2) return []
    return [
      `${table}: more than one default: ${names.join(', ')} (funnel ${noun} edit NAME --default)`,
    ]
  })
}

/** Accounts whose IBAN is not one, and products whose rate is not that of their tax. */
export function wrongFirm(store: Statements): string[] {
  const accounts = store
    .prepare('SELECT name, iban FROM bank_accounts WHERE iban IS NOT NULL ORDER BY id')
    .all() as { name: string; iban: string }[]
  const products = store.prepare(OTHER_RATES).all() as { id: number; name: string }[]
  return [
    ...severalDefaults(store),
    ...accounts.flatMap(({ name, iban }) => {
      const problem = ibanProblem(iban)
      if (problem === null) return []
      return [
        `bank account ${name}: ${iban} ${problem} (funnel bank account edit "${name}" --iban IBAN)`,
      ]
    }),
    ...products.map(
      ({ id, name }) =>
        `product ${id}: its tax rate is not that of its tax ${name} (funnel product edit ${id} --tax "${name}")`,
    ),
  ]
}

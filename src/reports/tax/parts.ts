import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import { takeShares } from '../../domain/invoices/tax-shares.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import type { GroupValue } from '../family/group.ts'
import { ofChosenClients } from '../receivables/clients.ts'
import { worthIn } from '../receivables/worth.ts'
import { countsOnInvoice, inDays, lastDay, type TaxAsk } from './ask.ts'
import type { LoadedTax, TaxCell } from './cells.ts'
import { taxGroup } from './group.ts'

/** A part of a document that was settled or used. */
interface Settled {
  id: number
  gross: Money
  currency: string
  rate: Rate | null
  amount: Money
  /** Does it count, in these days? */
  counts: 0 | 1
  groupValue: GroupValue
}

interface FrozenTax {
  invoice_id: number
  category: TaxCategory
  rate: Portion
  reason: string | null
  base: Money
  tax: Money
}

/** All that settled invoices, or used up credit notes, of which a part counts in these days; each document in order. */
async function settledParts(db: Db, ask: TaxAsk, column: 'invoice_id' | 'credit_id') {
  const test = column === 'credit_id' ? sql`true` : countsOnInvoice(ask.basis).test
  const ids = partIds(ask, column)
  const group = taxGroup(ask.by, sql`a.at`, sql`i.client_id`)
  const { rows } = await sql<Settled>`
    SELECT i.id, i.gross, i.currency, i.rate, a.amount, ${group} AS "groupValue",
      CASE WHEN ${test} AND ${inDays(ask, 'a.at')} THEN 1 ELSE 0 END AS counts
    FROM allocations AS a JOIN invoices AS i ON i.id = ${sql.ref(`a.${column}`)} LEFT JOIN payments AS p ON p.id = a.payment_id
    WHERE ${sql.ref(`a.${column}`)} IN (${ids}) AND a.at <= ${lastDay(ask)}
    ORDER BY i.id, a.at, a.id`.execute(db)
  return rows
}

/** The numbers of those documents. */
function partIds(ask: TaxAsk, column: 'invoice_id' | 'credit_id'): RawBuilder<unknown> {
  const test = column === 'credit_id' ? sql`true` : countsOnInvoice(ask.basis).test
  return sql`
    SELECT i.id FROM allocations AS a JOIN invoices AS i ON i.id = ${sql.ref(`a.${column}`)}
      LEFT JOIN payments AS p ON p.id = a.payment_id
    WHERE a.amount < i.gross AND ${test} AND ${inDays(ask, 'a.at')} AND ${ofChosenClients(ask.scope, 'i.client_id')}`
}

async function taxesOf(db: Db, ids: RawBuilder<unknown>): Promise<Map<number, FrozenTax[]>> {
  const { rows } = await sql<FrozenTax>`
    SELECT t.invoice_id, t.category, t.rate, t.reason, t.base, t.tax FROM invoice_taxes AS t
    WHERE t.invoice_id IN (${ids}) ORDER BY t.id`.execute(db)
  const taxes = new Map<number, FrozenTax[]>()
  for (const row of rows) {
    const known = taxes.get(row.invoice_id)
    if (known) known.push(row)
    else taxes.set(row.invoice_id, [row])
  }
  return taxes
}

/** A document while it is settled: what is open of it, and what of its net and tax at each rate is not settled yet. */
interface Standing {
  id: number
  open: number
  taxes: readonly FrozenTax[]
  /** Net and tax of each, in turn; null if it cannot be converted. */
  rest: Money[] | null
}

function standingOf(ask: TaxAsk, one: Settled, taxes: readonly FrozenTax[]): Standing {
  const book = ask.scope.settings.currency
  const parts = taxes
    .flatMap(({ base, tax }) => [base, tax])
    .map((minor) => worthIn(book, minor, one.currency, one.rate))
  const rest = parts.filter((part) => part !== null)
  return {
    id: one.id,
    open: one.gross,
    taxes,
    rest: rest.length === parts.length ? rest : null,
  }
}

async function sharesOf(
  db: Db,
  ask: TaxAsk,
  column: 'invoice_id' | 'credit_id',
  sign: 1 | -1,
): Promise<LoadedTax> {
  const taxes = await taxesOf(db, partIds(ask, column))
  const cells: TaxCell[] = []
  const unrated = new Set<number>()
  let standing: Standing | undefined
  for (const one of await settledParts(db, ask, column)) {
    if (standing?.id !== one.id) standing = standingOf(ask, one, taxes.get(one.id) ?? [])
    const { rest, open, taxes: own } = standing
    if (rest === null) {
      unrated.add(one.id)
      continue
    }
    const taken = takeShares(rest, one.amount, open as Money)
    standing.open -= one.amount
    standing.rest = rest.map((part, index) => (part - (taken[index] ?? 0)) as Money)
    if (one.counts === 0) continue
    const { groupValue } = one
    for (const [index, { category, rate, reason }] of own.entries()) {
      const [net = 0, tax = 0] = taken.slice(2 * index, 2 * index + 2)
      cells.push({ groupValue, category, rate, reason, net: sign * net, tax: sign * tax })
    }
  }
  return { cells, unrated }
}

/** The shares of net and tax of what was settled in parts, or by something that does not count. */
export async function partlySettled(db: Db, ask: TaxAsk): Promise<LoadedTax> {
  const invoices = await sharesOf(db, ask, 'invoice_id', countsOnInvoice(ask.basis).sign)
  if (ask.basis === 'invoice') return invoices
  const credits = await sharesOf(db, ask, 'credit_id', -1)
  return {
    cells: [...invoices.cells, ...credits.cells],
    unrated: new Set([...invoices.unrated, ...credits.unrated]),
  }
}

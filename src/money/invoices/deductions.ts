import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { BilledShare } from '../../domain/invoices/parts.ts'
import { taxOn } from '../../domain/lines/line.ts'
import type { Money } from '../../domain/money.ts'
import { invoiceName, type Invoice } from './find.ts'

/** A deposit or a part of a deal's work, with what of it was not credited. */
export interface EarlierPart {
  id: number
  /** Null for a draft. */
  number: string | null
  issuedOn: Day | null
  part: 'deposit' | 'part'
  currency: string
  shares: BilledShare[]
}

/** What an invoice takes off of an earlier one. Amounts are in minor units. */
export interface TakenOff {
  id: number
  number: string
  issuedOn: Day
  net: Money
  tax: Money
  gross: Money
}

interface ShareRow extends BilledShare {
  id: number
}

/** What invoices billed by category and rate, less their credit notes. */
async function sharesOf(db: Db, ids: readonly number[]): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    SELECT s.id, s.category, s.rate, sum(s.base) AS base, sum(s.tax) AS tax FROM (
      SELECT t.invoice_id AS id, t.category, t.rate, t.base, t.tax FROM invoice_taxes AS t
      WHERE t.invoice_id IN ${valuesOf(ids)}
      UNION ALL
      SELECT c.corrects_id AS id, t.category, t.rate, -t.base, -t.tax FROM invoice_taxes AS t
      JOIN invoices AS c ON c.id = t.invoice_id
      WHERE c.corrects_id IN ${valuesOf(ids)} AND c.issued_on IS NOT NULL AND c.voided_on IS NULL) AS s
    GROUP BY s.id, s.category, s.rate
    ORDER BY s.id, s.rate DESC, s.category`.execute(db)
  return rows.filter(({ base, tax }) => base !== 0 || tax !== 0)
}

/** What a draft comes to by category and rate: its lines. */
async function draftShares(db: Db, ids: readonly number[]): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    SELECT l.invoice_id AS id, l.category, l.tax AS rate, sum(l.net) AS base FROM invoice_lines AS l
    WHERE l.invoice_id IN ${valuesOf(ids)} GROUP BY l.invoice_id, l.category, l.tax ORDER BY l.invoice_id`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, tax: taxOn(row.base, row.rate) }))
}

/**
 * Deposits and parts of a deal that stand, earliest first: what was voided, or credited in full, is left out.
 * @param drafts also those that were not issued yet.
 * @param but one that is left out.
 */
export async function earlierParts(
  db: Db,
  dealId: number,
  { drafts = false, but }: { drafts?: boolean; but?: number | undefined } = {},
): Promise<EarlierPart[]> {
  const all = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'issued_on', 'part', 'currency'])
    .where('deal_id', '=', dealId)
    .where('kind', '=', 'invoice')
    .where('part', 'in', ['deposit', 'part'])
    .where('voided_on', 'is', null)
    .orderBy('id')
    .execute()
  const wanted = all.filter(({ id, number }) => id !== but && (drafts || number !== null))
  if (wanted.length === 0) return []
  const ids = wanted.map(({ id }) => id)
  const shares = [
    ...(await sharesOf(db, ids)),
    ...(await draftShares(
      db,
      wanted.filter(({ number }) => number === null).map(({ id }) => id),
    )),
  ]
  return wanted
    .map(({ id, number, issued_on: issuedOn, part, currency }) => ({
      id,
      number,
      issuedOn,
      part: part === 'part' ? ('part' as const) : ('deposit' as const),
      currency,
      shares: shares.filter((share) => share.id === id).map(standing),
    }))
    .filter((one) => one.shares.some(({ base, tax }) => base + tax > 0))
}

/** A credit note on an amount may take a minor unit more of the one and less of the other. */
function standing({ category, rate, base, tax }: ShareRow): BilledShare {
  return { category, rate, base: Math.max(0, base) as Money, tax: Math.max(0, tax) as Money }
}

/** The final invoice of a deal that stands, or its draft: not voided, and not credited in full. */
export async function finalOf(
  db: Db,
  dealId: number,
): Promise<Pick<Invoice, 'id' | 'kind' | 'number'> | null> {
  const all = await db
    .selectFrom('invoices as i')
    .select(['i.id', 'i.kind', 'i.number', 'i.gross'])
    .select(
      sql<number>`coalesce((SELECT sum(c.gross) FROM invoices AS c WHERE c.corrects_id = i.id
        AND c.issued_on IS NOT NULL AND c.voided_on IS NULL), 0)`.as('credited'),
    )
    .where('i.deal_id', '=', dealId)
    .where('i.kind', '=', 'invoice')
    .where('i.part', '=', 'final')
    .where('i.voided_on', 'is', null)
    .orderBy('i.id')
    .execute()
  return all.find(({ number, gross, credited }) => number === null || credited < gross) ?? null
}

/** What an invoice takes off, by category and rate. */
export function deductedShares(db: Db, invoiceId: number): Promise<BilledShare[]> {
  return db
    .selectFrom('invoice_deductions')
    .select(['category', 'rate', 'base', 'tax'])
    .where('invoice_id', '=', invoiceId)
    .orderBy('id')
    .execute()
}

/** The earlier invoices that an invoice takes off, earliest first; none unless it is a final one. */
export async function takenOff(db: Db, invoiceId: number): Promise<TakenOff[]> {
  const { rows } = await sql<TakenOff & { issued_on: Day }>`
    SELECT e.id, e.number, e.issued_on, sum(d.base) AS net, sum(d.tax) AS tax, sum(d.base) + sum(d.tax) AS gross
    FROM invoice_deductions AS d JOIN invoices AS e ON e.id = d.deducts_id
    WHERE d.invoice_id = ${invoiceId}
    GROUP BY e.id, e.number, e.issued_on ORDER BY e.id`.execute(db)
  return rows.map(({ issued_on: issuedOn, ...row }) => ({ ...row, issuedOn }))
}

/**
 * Lets a draft of a final invoice take off what was billed of its deal until now.
 * @returns what it takes off; nothing for any other invoice.
 * @throws Fault `failed` if an earlier invoice is in another currency.
 */
export async function refreshDeductions(
  db: Db,
  { id, kind, number, part, deal_id: dealId, currency }: Invoice,
): Promise<BilledShare[]> {
  if (part !== 'final' || dealId === null) return []
  const earlier = await earlierParts(db, dealId)
  const foreign = earlier.find((one) => one.currency !== currency)
  if (foreign) {
    const name = `invoice ${foreign.number}`
    const message = `${name} of the same deal is in ${foreign.currency}, and ${invoiceName({ id, kind, number })} in ${currency}`
    const hint = `credit it, and bill it again in ${currency}: funnel invoice credit ${foreign.number}`
    throw new Fault('failed', message, hint)
  }
  await db.deleteFrom('invoice_deductions').where('invoice_id', '=', id).execute()
  for (const { id: deducts, shares } of earlier) {
    for (const share of shares) {
      await db
        .insertInto('invoice_deductions')
        .values({ invoice_id: id, deducts_id: deducts, ...share })
        .execute()
    }
  }
  return earlier.flatMap(({ shares }) => shares)
}

/**
 * An invoice that a final one has taken off stays as it is: what it billed is counted there.
 * @throws Fault `failed` if one that stands has.
 */
export async function requireNotDeducted(db: Db, invoice: Invoice): Promise<void> {
  if (invoice.part === null || invoice.part === 'final' || invoice.deal_id === null) return
  const final = await finalOf(db, invoice.deal_id)
  if (final?.number == null) return
  const { number } = final
  const used = (await takenOff(db, final.id)).some(({ id }) => id === invoice.id)
  if (!used) return
  throw new Fault(
    'failed',
    `final invoice ${number} takes off ${invoiceName(invoice)}`,
    `take that back first: funnel invoice void ${number} --reason TEXT, or funnel invoice credit ${number}`,
  )
}

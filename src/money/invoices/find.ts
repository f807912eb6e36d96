import type { Selectable } from 'kysely'
import type { InvoicesTable } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'

/** An invoice or credit note as the book has it. */
export type Invoice = Selectable<InvoicesTable>

/** An invoice that was issued. */
export type Issued = Invoice & {
  number: string
  issued_on: NonNullable<Invoice['issued_on']>
  due_on: NonNullable<Invoice['due_on']>
}

const DRAFT = /^(?:draft\s*|d)?#?(\d{1,15})$/

/** What people call it: `invoice 2026-0042`, `credit note 2026-0043`, `draft d7`. */
export function invoiceName({ id, kind, number }: Pick<Invoice, 'id' | 'kind' | 'number'>): string {
  if (number === null) return `draft ${draftName(id)}`
  return `${kind === 'credit' ? 'credit note' : 'invoice'} ${number}`
}

/** What a draft is called until it has a number: `d7`. */
export function draftName(id: number): string {
  return `d${id}`
}

/** Has it been issued? */
export function isIssued(invoice: Invoice): invoice is Issued {
  return invoice.number !== null
}

/**
 * Finds an invoice by its number, or a draft by what lists call it: `2026-0042`, `d7`.
 * @throws Fault `not-found` if nothing, or both an invoice and a draft, has that name.
 */
export async function findInvoice(db: Db, text: string): Promise<Invoice> {
  const key = nameKey(text)
  const byNumber = await db
    .selectFrom('invoices')
    .selectAll()
    .where('number_key', '=', key)
    .executeTakeFirst()
  const id = DRAFT.exec(key)?.[1]
  const draft =
    id === undefined
      ? undefined
      : await db
          .selectFrom('invoices')
          .selectAll()
          .where('id', '=', Number(id))
          .where('number', 'is', null)
          .executeTakeFirst()
  if (byNumber && draft) {
    const message = `${quoted(text)} is the number of an invoice, and a draft is called ${draftName(draft.id)}`
    throw new Fault('not-found', message, `name the draft ${draftName(draft.id)}`)
  }
  const found = byNumber ?? draft
  if (found) return found
  throw new Fault('not-found', `there is no invoice ${quoted(text)}`, 'see: funnel invoice list')
}

/** Finds an invoice that was issued. @throws Fault `failed` if it is a draft. */
export async function findIssued(db: Db, text: string): Promise<Issued> {
  const invoice = await findInvoice(db, text)
  if (isIssued(invoice)) return invoice
  const name = draftName(invoice.id)
  const hint = `issue it first: funnel invoice issue ${name}`
  throw new Fault('failed', `${name} is a draft, and has no number yet`, hint)
}

/** Finds a draft. @throws Fault `failed` if it was issued, as then it never changes. */
export async function findDraft(db: Db, text: string): Promise<Invoice> {
  const invoice = await findInvoice(db, text)
  if (!isIssued(invoice)) return invoice
  throw new Fault(
    'failed',
    `${invoiceName(invoice)} was issued on ${invoice.issued_on}, and never changes`,
    `correct it with a credit note: funnel invoice credit ${invoice.number}`,
  )
}

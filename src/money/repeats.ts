import { type Selectable, sql } from 'kysely'
import type { InvoiceRepeatsTable } from '../book/schema/money.ts'
import type { Db } from '../book/store/db.ts'
import { addDays, type Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { dueRepeats, nextRepeat, type Repeating, serviceOf } from '../domain/invoices/repeats.ts'
import { parseRepeat, type Repeat, repeatText } from '../domain/repeat.ts'
import type { Moment } from '../records/moment.ts'
import { addDraft } from './invoices/draft.ts'
import { draftName, invoiceName, type Invoice } from './invoices/find.ts'
import {
  addInvoiceLine,
  invoiceLineValues,
  loadInvoiceLines,
  settleDraft,
} from './invoices/lines.ts'

type RepeatRow = Selectable<InvoiceRepeatsTable>

/** An invoice that is made again. */
interface InvoiceRepeat extends Repeating {
  id: number
  invoiceId: number
  stoppedOn: Day | null
}

const ofRow = (row: RepeatRow): InvoiceRepeat => ({
  id: row.id,
  invoiceId: row.invoice_id,
  first: row.first_on,
  every: parseRepeat(row.every),
  until: row.until,
  times: row.times,
  made: row.made,
  stoppedOn: row.stopped_on,
})

/** When an invoice is to be made again. */
export interface RepeatWish {
  every: Repeat
  until?: Day | undefined
  times?: number | undefined
}

/**
 * Lets an invoice be made again at regular intervals, counted from its own day: a draft each time. The first is that
 * of the first repetition from today on: what lies before is not made up for.
 * @returns its number, and the day of the first repetition.
 * @throws Fault `failed` if it is a credit note, a deposit, a part or a final invoice, was voided, has no lines, or is repeated already; `usage` if it would
 *   never be made again.
 */
export async function addRepeat(
  db: Db,
  invoice: Invoice,
  { every, until, times }: RepeatWish,
  { today }: Moment,
): Promise<{ id: number; next: Day }> {
  const name = invoiceName(invoice)
  if (invoice.kind === 'credit' || invoice.voided_on !== null) {
    const why = invoice.kind === 'credit' ? 'is a credit note' : 'was voided'
    throw new Fault('failed', `${name} ${why}`, 'repeat an invoice: funnel invoice list')
  }
  if (invoice.part !== null) {
    const hint = 'make a draft of what repeats: funnel invoice add CLIENT --line TEXT'
    throw new Fault('failed', `${name} is of one piece of work, and does not repeat`, hint)
  }
  if ((await loadInvoiceLines(db, invoice.id)).length === 0) {
    const hint =
      invoice.number === null
        ? `add one: funnel invoice line add ${draftName(invoice.id)} "2 h Consulting @ 90"`
        : 'make a draft that says what it is for: funnel invoice add CLIENT --line TEXT'
    throw new Fault('failed', `${name} has no lines`, hint)
  }
  const standing = await db
    .selectFrom('invoice_repeats')
    .select('id')
    .where('invoice_id', '=', invoice.id)
    .where('stopped_on', 'is', null)
    .executeTakeFirst()
  if (standing) {
    const hint = `stop that first: funnel invoice repeat stop ${standing.id}`
    throw new Fault('failed', `${name} is repeated already, as number ${standing.id}`, hint)
  }
  const first = invoice.issued_on ?? invoice.drafted_on
  const endless = { first, every, until: null, times: null, made: 0 }
  const gone = dueRepeats(endless, addDays(today, -1)).length
  const repeating = {
    ...endless,
    until: until ?? null,
    times: times === undefined ? null : gone + times,
    made: gone,
  }
  const next = nextRepeat(repeating)
  if (next === null) {
    const day = nextRepeat({ ...endless, made: gone })
    const message = `${name} would be made again on ${day}, after ${until}`
    throw new Fault('usage', message, 'give a later --until')
  }
  const { id } = await db
    .insertInto('invoice_repeats')
    .values({
      invoice_id: invoice.id,
      every: repeatText(every),
      first_on: first,
      until: repeating.until,
      times: repeating.times,
      made: gone,
      stopped_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, next }
}

/** A repeated invoice as lists show it. */
export interface ListedRepeat extends InvoiceRepeat {
  name: string
  client_id: number
  client: string
  currency: string
  gross: number
  voided: boolean
  /** The day of the next draft; null if there is none any more. */
  next: Day | null
}

/** All repeated invoices, the next due first. */
export async function listRepeats(db: Db): Promise<ListedRepeat[]> {
  const rows = await db
    .selectFrom('invoice_repeats as r')
    .innerJoin('invoices as i', 'i.id', 'r.invoice_id')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .selectAll('r')
    .select(['i.number', 'i.client_id', 'c.name as client', 'i.currency', 'i.gross', 'i.voided_on'])
    .orderBy('r.id')
    .execute()
  const all = rows.map((row) => {
    const repeat = ofRow(row)
    const isOver = repeat.stoppedOn !== null || row.voided_on !== null
    return {
      ...repeat,
      name: row.number ?? draftName(row.invoice_id),
      client_id: row.client_id,
      client: row.client,
      currency: row.currency,
      gross: row.gross,
      voided: row.voided_on !== null,
      next: isOver ? null : nextRepeat(repeat),
    }
  })
  return all.toSorted((a, b) => ((a.next ?? '9999') < (b.next ?? '9999') ? -1 : 1))
}

/** Makes no further drafts. @throws Fault `not-found` if there is no such number; `failed` if it was stopped. */
export async function stopRepeat(db: Db, id: number, on: Day): Promise<{ name: string }> {
  const found = (await listRepeats(db)).find((repeat) => repeat.id === id)
  const hint = 'see: funnel invoice repeat list'
  if (!found) throw new Fault('not-found', `no repeated invoice has number ${id}`, hint)
  if (found.stoppedOn !== null) {
    throw new Fault('failed', `number ${id} was stopped on ${found.stoppedOn}`, hint)
  }
  await db.updateTable('invoice_repeats').set({ stopped_on: on }).where('id', '=', id).execute()
  return { name: found.name }
}

/** A draft that was made again. */
export interface Repeated {
  draft: number
  of: string
  client: string
  day: Day
  from: Day | null
  to: Day | null
  currency: string
  gross: number
}

async function copyOf(
  db: Db,
  invoice: Invoice,
  service: ReturnType<typeof serviceOf>,
  moment: Moment,
): Promise<{ id: number; gross: number }> {
  const { client_id: clientId, deal_id: dealId, currency } = invoice
  const id = await addDraft(
    db,
    {
      clientId,
      dealId,
      currency,
      owner_id: invoice.owner_id,
      terms_id: invoice.terms_id,
      bank_account_id: invoice.bank_account_id,
      plan: invoice.plan,
      order_ref: invoice.order_ref,
      note: invoice.note,
      service_from: service.from,
      service_to: service.to,
    },
    moment,
  )
  for (const line of await loadInvoiceLines(db, invoice.id)) {
    await addInvoiceLine(db, { id, currency }, invoiceLineValues(line))
  }
  return { id, gross: (await settleDraft(db, id)).gross }
}

/**
 * Makes the drafts that are due by a day: one for each repetition, those that were missed too, with the lines and
 * prices of the invoice itself. What was made is counted with it, so that nothing is made twice.
 */
export async function runRepeats(db: Db, moment: Moment): Promise<Repeated[]> {
  const made: Repeated[] = []
  for (const repeat of (await listRepeats(db)).filter(({ next }) => next !== null)) {
    const due = dueRepeats(repeat, moment.today)
    if (due.length === 0) continue
    const invoice = await db
      .selectFrom('invoices')
      .selectAll()
      .where('id', '=', repeat.invoiceId)
      .executeTakeFirstOrThrow()
    const { service_from: from, service_to: to } = invoice
    for (const { index, day } of due) {
      const service = serviceOf({ from, to }, repeat.first, repeat.every, index)
      const { id, gross } = await copyOf(db, invoice, service, moment)
      made.push({
        draft: id,
        of: repeat.name,
        client: repeat.client,
        day,
        ...service,
        currency: invoice.currency,
        gross,
      })
    }
    await db
      .updateTable('invoice_repeats')
      .set({ made: sql<number>`made + ${due.length}` })
      .where('id', '=', repeat.id)
      .execute()
  }
  return made
}

import { createHash } from 'node:crypto'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { DocumentKind, DocumentsTable } from '../book/schema/documents.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { invoiceName } from '../money/invoices/find.ts'
import type { Moment } from '../records/moment.ts'

/** In what a file is written. */
type KeptFormat = DocumentsTable['format']

/** A file that leaves the house, and what it is about. */
export interface Leaving {
  clientId: number
  kind: DocumentKind
  proposalId?: number | undefined
  invoiceId?: number | undefined
  /** Of a reminder. */
  level?: number | undefined
  /** Its name, without a folder. */
  name: string
  format: KeptFormat
  bytes: Uint8Array
}

/** A file that was sent, without its bytes. */
export interface KeptDocument {
  id: number
  client_id: number
  client: string
  kind: DocumentKind
  /** What it is of: `invoice 2026-0001`, `proposal P-0001 version 2`; null for a letter, and a reminder of several. */
  of: string | null
  invoice_id: number | null
  proposal_id: number | null
  level: number | null
  sent_on: Day
  name: string
  format: KeptFormat
  /** In bytes. */
  size: number
  sha256: string
}

/** Which files are wanted. */
export interface KeptWish {
  id?: number | undefined
  clientId?: number | undefined
  /** Of an invoice, its reminders among them. */
  invoiceId?: number | undefined
  /** Without reminders. */
  isOwn?: boolean | undefined
  /** Of a proposal, in any of its versions. */
  proposalNumberKey?: string | undefined
}

/** The SHA-256 of bytes, in hexadecimal. */
function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Keeps a file as it was sent, byte for byte. Called in the operation that sends it. @returns its number. */
export async function keepDocument(db: Db, file: Leaving, { today }: Moment): Promise<number> {
  const { bytes } = file
  const { id } = await db
    .insertInto('documents')
    .values({
      client_id: file.clientId,
      kind: file.kind,
      proposal_id: file.proposalId ?? null,
      invoice_id: file.invoiceId ?? null,
      level: file.level ?? null,
      sent_on: today,
      name: file.name,
      format: file.format,
      sha256: sha256Of(bytes),
      size: bytes.length,
      body: Buffer.from(bytes).toString('base64'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function tests({
  id,
  clientId,
  invoiceId,
  isOwn,
  proposalNumberKey,
}: KeptWish): RawBuilder<SqlBool>[] {
  return [
    ...(id === undefined ? [] : [sql<SqlBool>`f.id = ${id}`]),
    ...(clientId === undefined ? [] : [sql<SqlBool>`f.client_id = ${clientId}`]),
    ...(invoiceId === undefined
      ? []
      : [
          sql<SqlBool>`f.client_id = (SELECT o.client_id FROM invoices AS o WHERE o.id = ${invoiceId})`,
          // The reminders of several invoices share a letter, which has their day and level.
          sql<SqlBool>`(f.invoice_id = ${invoiceId} OR f.invoice_id IS NULL AND f.kind = 'reminder' AND EXISTS (
            SELECT 1 FROM reminders AS r JOIN invoices AS o ON o.id = r.invoice_id
            WHERE r.invoice_id = ${invoiceId} AND r.at = f.sent_on AND r.level = f.level AND o.client_id = f.client_id))`,
        ]),
    ...(isOwn ? [sql<SqlBool>`f.kind IN ('invoice', 'credit-note')`] : []),
    ...(proposalNumberKey === undefined ? [] : [sql<SqlBool>`p.number_key = ${proposalNumberKey}`]),
  ]
}

/** Files that were sent, the latest first. */
export async function keptDocuments(db: Db, wish: KeptWish = {}): Promise<KeptDocument[]> {
  const query = db
    .selectFrom('documents as f')
    .innerJoin('clients as c', 'c.id', 'f.client_id')
    .leftJoin('invoices as i', 'i.id', 'f.invoice_id')
    .leftJoin('proposals as p', 'p.id', 'f.proposal_id')
    .select([
      'f.id',
      'f.client_id',
      'c.name as client',
      'f.kind',
      'f.invoice_id',
      'i.kind as invoice_kind',
      'i.number as invoice',
      'f.proposal_id',
      'p.number as proposal',
      'p.version',
      'f.level',
      'f.sent_on',
      'f.name',
      'f.format',
      'f.size',
      'f.sha256',
    ])
  const rows = await tests(wish)
    .reduce((all, test) => all.where(test), query)
    .orderBy('f.id', 'desc')
    .execute()
  return rows.map(({ invoice_kind: kind, invoice, proposal, version, ...row }) => ({
    ...row,
    of:
      row.invoice_id !== null && kind !== null
        ? invoiceName({ id: row.invoice_id, kind, number: invoice })
        : proposal === null
          ? null
          : `proposal ${proposal} version ${version}`,
  }))
}

/**
 * The bytes of a file that was sent.
 * @throws Fault `failed` if they are not those that were kept, as the book was changed by something else.
 */
export async function keptBytes(db: Db, id: number): Promise<Uint8Array> {
  const { body, sha256 } = await db
    .selectFrom('documents')
    .select(['body', 'sha256'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const bytes = Buffer.from(body, 'base64')
  if (sha256Of(bytes) === sha256) return bytes
  const message = `document ${id} is not what was sent: something else than this program has changed it`
  throw new Fault('failed', message, 'restore a backup to another file, and look there')
}

/** A file that was sent. @throws Fault `not-found` if there is none with that number. */
export async function keptDocument(db: Db, id: number): Promise<KeptDocument> {
  const [found] = await keptDocuments(db, { id })
  if (found) return found
  throw new Fault('not-found', `there is no document ${id}`, 'see: funnel document list')
}

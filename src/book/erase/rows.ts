import type { Store } from '../store/store.ts'
import type { Day } from '../../domain/day.ts'
import { CLIENT_TEXTS, DEAL_TEXTS, namesOf, type TextFields } from '../../domain/text-fields.ts'
import { tablesWith } from './owned.ts'

/** What stays of a client, because figures depend on it; its texts are removed, but for what tax law keeps. */
const KEPT = new Set([
  'deals',
  'documents',
  'interactions',
  'tasks',
  'invoices',
  'payments',
  'proposals',
  'export_entries',
])

const DRAFTS = '(SELECT id FROM invoices WHERE client_id = :id AND issued_on IS NULL)'
const PROPOSALS = '(SELECT id FROM proposals WHERE client_id = :id)'
const DEALS = '(SELECT id FROM deals WHERE client_id = :id)'

/** The name of an erased client, and its key, as SQL over the table's `id`. */
export const ERASED_NAME = "'erased client ' || id"

function proseGone(fields: TextFields<string>): string {
  return namesOf(fields, 'prose', 'personal')
    .map((name) => `${name} = NULL,`)
    .join(' ')
}

const CLEAR = [
  `UPDATE clients SET name = ${ERASED_NAME}, name_key = ${ERASED_NAME}, ref = NULL,
     consent = 'no', ${proseGone(CLIENT_TEXTS)} import_id = NULL, import_row = NULL WHERE id = :id`,
  `UPDATE deals SET title = 'deal ' || id, title_key = 'deal ' || id, ${proseGone(DEAL_TEXTS)} ref = NULL,
     contact_id = NULL, import_id = NULL, import_row = NULL WHERE client_id = :id`,
  `DELETE FROM deal_properties WHERE deal_id IN ${DEALS}`,
  `DELETE FROM deal_tags WHERE deal_id IN ${DEALS}`,
  `UPDATE deal_lines SET text = CASE WHEN product_id IS NULL THEN 'line ' || position END
   WHERE deal_id IN ${DEALS}`,
  `UPDATE events SET note = NULL WHERE deal_id IN ${DEALS}`,
  `UPDATE interactions SET text = NULL, contact_id = NULL, import_id = NULL, import_row = NULL
   WHERE client_id = :id`,
  // What was issued keeps its number, its buyer and its lines for as long as tax law asks; drafts go.
  `DELETE FROM invoice_repeats WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = :id)`,
  // So do the files by which it was sent; reminders, proposals and letters go.
  `DELETE FROM documents WHERE client_id = :id AND kind NOT IN ('invoice', 'credit-note')`,
  `DELETE FROM invoice_lines WHERE invoice_id IN ${DRAFTS}`,
  `DELETE FROM invoice_deductions WHERE invoice_id IN ${DRAFTS}`,
  'DELETE FROM invoices WHERE client_id = :id AND issued_on IS NULL',
  'UPDATE invoices SET note = NULL WHERE client_id = :id',
  // Of proposals their amounts and days stay; who they were for, and what was written of it, does not.
  `UPDATE proposals SET subject = NULL, note = NULL, batch = NULL,
     buyer = '{"name":"erased client ' || client_id || '","kind":"company"}' WHERE client_id = :id`,
  `UPDATE proposal_lines SET text = coalesce((SELECT p.name FROM products AS p WHERE p.id = product_id),
     'line ' || position) WHERE proposal_id IN ${PROPOSALS}`,
  `UPDATE proposal_events SET note = NULL WHERE proposal_id IN ${PROPOSALS}`,
  'UPDATE payments SET note = NULL WHERE client_id = :id',
  'UPDATE export_entries SET text = NULL WHERE client_id = :id',
  `UPDATE promises SET note = NULL WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = :id)`,
  `UPDATE invoice_events SET note = NULL WHERE kind IN ('held', 'sent')
   AND invoice_id IN (SELECT id FROM invoices WHERE client_id = :id)`,
  `UPDATE tasks SET text = 'erased', result = NULL, repeat = NULL, import_id = NULL, import_row = NULL,
     status = CASE status WHEN 'open' THEN 'dropped' ELSE status END, closed_on = coalesce(closed_on, :today)
   WHERE client_id = :id OR deal_id IN ${DEALS}`,
]

/**
 * Removes whatever identifies a client from its rows. What figures depend on stays: deals with amounts,
 * stages, events and days, when and how the client was spoken to, owner, source, and texts that are a word,
 * such as region, size and rating.
 */
export function eraseRows(store: Store, id: number, today: Day): void {
  store.deferReferences()
  for (const sql of CLEAR) {
    store.prepare(sql).run(sql.includes(':today') ? { id, today } : { id })
  }
  for (const table of tablesWith(store, 'client_id')) {
    if (!KEPT.has(table)) store.prepare(`DELETE FROM ${table} WHERE client_id = ?`).run(id)
  }
}

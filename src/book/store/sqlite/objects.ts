import type { Database } from 'better-sqlite3'
import { Fault } from '../../../domain/fault.ts'

/** All tables that this program makes; those of the search indexes begin with `search_`. */
const TABLES = new Set([
  'allocations',
  'bank_accounts',
  'bank_lines',
  'categories',
  'client_aliases',
  'client_categories',
  'client_properties',
  'clients',
  'company',
  'contact_points',
  'contacts',
  'deal_lines',
  'deal_properties',
  'deal_tags',
  'deals',
  'documents',
  'erased_keys',
  'events',
  'export_batches',
  'export_entries',
  'goals',
  'holidays',
  'import_profiles',
  'imports',
  'instalments',
  'interactions',
  'invoice_deductions',
  'invoice_events',
  'invoice_lines',
  'invoice_repeats',
  'invoice_taxes',
  'invoices',
  'journal',
  'last_contacts',
  'operation_inserts',
  'operations',
  'owners',
  'payer_accounts',
  'payments',
  'process_stages',
  'price_lists',
  'prices',
  'processes',
  'products',
  'promises',
  'properties',
  'proposal_events',
  'proposal_lines',
  'proposals',
  'rates',
  'reasons',
  'reminders',
  'report_variants',
  'segments',
  'settings',
  'sources',
  'stages',
  'standards',
  'stay_counts',
  'stays',
  'tasks',
  'templates',
  'taxes',
  'terms',
])

/** Tables that can be rebuilt from the others: what `funnel find` looks through. */
export const DERIVED = 'search_'

/** Does this program make a table of that name? */
export function isOwnTable(name: string): boolean {
  return TABLES.has(name) || name.startsWith(DERIVED)
}

function isOwnTrigger(name: string, table: string): boolean {
  const kept = name === `journal_${table}_update` || name === `journal_${table}_delete`
  return kept || /^last_contacts_(?:client|interaction)_(?:insert|update|delete)$/.test(name)
}

/** Another program's trigger or view that affects what this one reads and writes. */
export interface Meddler {
  type: 'trigger' | 'view'
  name: string
  table: string
}

/** Foreign triggers on tables of the book, and views in place of its tables. */
export function meddlersIn(raw: Database): Meddler[] {
  const all = raw
    .prepare(
      `SELECT type, name, tbl_name AS "table" FROM sqlite_schema
       WHERE type IN ('trigger', 'view') ORDER BY name`,
    )
    .all() as Meddler[]
  return all.filter(({ type, name, table }) =>
    type === 'view' ? isOwnTable(name) : isOwnTable(table) && !isOwnTrigger(name, table),
  )
}

/** A trigger or view as messages name it. */
export function meddlerText({ type, name, table }: Meddler): string {
  return type === 'view'
    ? `the view ${name} stands where the table should be, and funnel did not make it`
    : `the trigger ${name} on ${table} is not one of funnel, and may change what is written`
}

/** Removes such triggers. A view stays: it may be all that is left of a table. */
export function takeOutMeddlers(raw: Database): Meddler[] {
  const taken = meddlersIn(raw).filter(({ type }) => type === 'trigger')
  for (const { name } of taken) raw.exec(`DROP TRIGGER "${name.replaceAll('"', '""')}"`)
  return taken
}

/** @throws Fault `book` if another program's triggers or views act on the tables of a book. */
export function requireNoMeddlers(
  raw: Database,
  file: string,
  which: readonly Meddler['type'][] = ['trigger', 'view'],
): void {
  const [first, ...others] = meddlersIn(raw).filter(({ type }) => which.includes(type))
  if (!first) return
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const hint =
    first.type === 'view'
      ? 'restore your last backup: funnel restore FILE'
      : `take it out with: funnel doctor --repair --book ${file}`
  throw new Fault('book', `${file}: ${meddlerText(first)}${more}`, hint)
}

import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import type { EFormat } from '../../domain/einvoice/formats.ts'
import { type Called, type Gap, gapsOf } from '../../domain/einvoice/rules.ts'
import type { Settings } from '../../domain/settings.ts'
import { listReport, type Report } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { gatherEInvoice, type GatheredEInvoice } from '../../documents/einvoice/gather.ts'
import { draftName, type Invoice } from '../../money/invoices/find.ts'

/** What formats are called by people. */
export const E_NAMES: Readonly<Record<EFormat, string>> = { ubl: 'UBL', 'factur-x': 'Factur-X' }

/** An invoice or a draft as an e-invoice, and what it lacks for a format. */
export async function gatherWithGaps(
  context: Context,
  db: Db,
  invoice: Invoice,
  format: EFormat,
): Promise<GatheredEInvoice & { gaps: Gap[] }> {
  const { settings } = await context.book()
  const { currency: book, documentLanguage: usual } = settings
  const how = { usual, book, today: await context.today() }
  const gathered = await gatherEInvoice(db, invoice, how)
  return { ...gathered, gaps: gapsOf(gathered.invoice, format, gathered.called) }
}

/** @throws Fault `failed` if it is a draft: an e-invoice is a claim, and has a number (BT-1). */
export function requireNumber({ id, number }: Invoice, format: EFormat): void {
  if (number !== null) return
  const name = draftName(id)
  const hint = `issue it first: funnel invoice issue ${name} --e-invoice ${format}`
  throw new Fault('failed', `${name} is a draft, and an e-invoice needs its number`, hint)
}

/** The e-invoice among the files that invoices are sent as. */
const SENT: Partial<Record<Settings['invoiceFormat'], EFormat>> = {
  'factur-x': 'factur-x',
  'ubl+pdf': 'ubl',
}

/**
 * The format that a draft must be ready for when it is issued: what is asked for, else what the settings say of
 * companies, else UBL for a client with an address for e-invoices. Null is none.
 */
export async function formatToBe(
  db: Db,
  draft: Invoice,
  asked: EFormat | 'off' | undefined,
  { eInvoice, invoiceFormat }: Settings,
): Promise<EFormat | null> {
  if (asked !== undefined) return asked === 'off' ? null : asked
  const { kind, e_address: address } = await db
    .selectFrom('clients')
    .select(['kind', 'e_address'])
    .where('id', '=', draft.client_id)
    .executeTakeFirstOrThrow()
  const setting = eInvoice ?? SENT[invoiceFormat] ?? null
  if (setting === 'off') return null
  if (setting !== null) return kind === 'company' ? setting : null
  return address === null ? null : 'ubl'
}

/** The gaps as a table. */
export function gapReport(gaps: readonly Gap[], { invoice }: Called, format: EFormat): Report {
  const name = E_NAMES[format]
  return {
    ...listReport(
      'gaps',
      `What ${invoice} lacks as ${name}`,
      {
        key: 'gaps',
        title: '',
        columns: [
          { key: 'term', label: 'Term', type: 'text' },
          { key: 'name', label: 'What', type: 'text', wrap: true },
          { key: 'why', label: 'Why', type: 'text', wrap: true },
          { key: 'command', label: 'Type', type: 'text', wrap: true },
        ],
        rows: gaps.map((gap) => ({ ...gap })),
      },
      { empty: `${invoice} has everything that it needs as ${name}` },
    ),
    head: { invoice, format, complete: gaps.length === 0 },
  }
}

/** `BT-49 the client’s e-address, BT-10 buyer reference`. */
function namesOf(gaps: readonly Gap[]): string {
  return gaps.map(({ term, name }) => `${term} ${name}`).join(', ')
}

/** `d1 lacks 2 things as UBL: BT-49 the client’s e-address, …`. */
export function gapsText(gaps: readonly Gap[], { invoice }: Called, format: EFormat): string {
  const what = counted(gaps.length, 'thing')
  return `${invoice} lacks ${what} as ${E_NAMES[format]}: ${namesOf(gaps)}`
}

/**
 * @param otherwise what may be done instead, in words that follow “set what is missing”.
 * @throws Fault `failed` with all that is missing and what to type.
 */
export function requireNoGaps(
  gaps: readonly Gap[],
  called: Called,
  format: EFormat,
  otherwise = '',
): void {
  if (gaps.length === 0) return
  const commands = new Set(gaps.flatMap(({ command }) => (command === null ? [] : [command])))
  const final = gaps.filter(({ command }) => command === null)
  const hint = [
    ...(commands.size > 0
      ? [`set what is missing${otherwise}:${[...commands].map((one) => `\n  ${one}`).join('')}`]
      : []),
    ...(final.length > 0
      ? [
          `what was issued cannot get ${namesOf(final)}: credit it (funnel invoice credit ${called.invoice}), and bill it again`,
        ]
      : []),
  ].join('\n')
  throw new Fault('failed', gapsText(gaps, called, format), hint)
}

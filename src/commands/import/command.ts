import { type CommandSpec, defineCommand } from '../../cli/command.ts'
import type { Book } from '../../book/open.ts'
import type { Context } from '../../cli/context.ts'
import { progressBar } from '../../cli/progress.ts'
import { shellWord } from '../../cli/shell-word.ts'
import { localClock } from '../../cli/clock.ts'
import { fieldsOf, type ImportKind } from '../../import/map/fields.ts'
import { lineColumns } from '../../import/map/line-columns.ts'
import { moneyColumns, otherMoneyColumns, withoutAmount } from '../../import/map/money-columns.ts'
import { nameColumns } from '../../import/map/name-columns.ts'
import { toProfile } from '../../import/map/profile.ts'
import { describeTarget } from '../../import/map/propose.ts'
import { amountLine, chanceLine, linesLine, otherMoneyLine } from '../../import/left-out-notes.ts'
import type { Prepared } from '../../import/prepare.ts'
import { forgetAnswers, saveProfile } from '../../import/profiles.ts'
import { firstReasons } from '../../import/reasons.ts'
import { runImport } from '../../import/run.ts'
import { chooseAccount } from '../bank/choose-account.ts'
import { rowsOf, statementCells, statementNotes } from '../bank/statements.ts'
import { describeImport } from './describe.ts'
import { type ImportOptions, keptOptions, OPTIONS } from './options.ts'
import { prepareFile } from './prepare-file.ts'
import { type Refusals, sayLoud, sayRejected } from './refusals.ts'
import { rejectsFile, saveRejects } from './rejects-file.ts'
import { asksOf, settle } from './settle.ts'
import { type NamedFile, withFile } from './spool.ts'
import { addAll } from '../../domain/lists.ts'

const EVERY_KIND = [
  'map',
  'ignore',
  'default',
  'value',
  'sheet',
  'headerRow',
  'encoding',
  'create',
  'includeErased',
  'dryRun',
  'rejects',
  'maxRejects',
  'profile',
  'saveProfile',
] as const

type Key = keyof typeof OPTIONS

/** What differs between the commands. */
interface About {
  description: string
  /** Options besides those of every kind. */
  options: Exclude<Key, (typeof EVERY_KIND)[number]>[]
  /** Options of every kind that this one has no use for. */
  without?: readonly (typeof EVERY_KIND)[number][]
  examples: string[]
}

/** Which columns may be the name, if clients came in without one. */
function nameNote(
  kind: ImportKind,
  { columns, samples }: Prepared,
  defaults: ReadonlyMap<string, string>,
): string[] {
  const could = nameColumns(kind, columns, samples, defaults) ?? []
  if (could.length === 0) return []
  return [`columns that could be the name: ${could.join(', ')} (--map "${could[0]}=name")`]
}

async function importFile(
  context: Context,
  kind: ImportKind,
  source: NamedFile,
  options: ImportOptions,
): Promise<void> {
  const dryRun = options.dryRun === true
  const rejects = await rejectsFile(context, source, options.rejects)
  const ready = await prepareFile(context, kind, source, options)
  const { prepared, kept, notes } = ready
  const { statements } = prepared.table
  const account =
    kind === 'bookings'
      ? await chooseAccount(
          context,
          source.name,
          { heads: statements ?? rowsOf(prepared), isWhole: statements !== undefined },
          options.account,
        )
      : undefined
  ready.plan.account = account
  const { settled, plan, readings, values } = await settle(context, ready)
  const { table, columns } = settled
  const book = await context.book()
  const shows = context.io.stderr.isTTY === true && !context.globals.quiet
  const bar = shows ? progressBar(context.io) : undefined
  const refusals: Refusals = { rows: 0, of: 0, reasons: [] }
  const loud: string[] = []
  await context.change({ dryRun }, async (db, moment) => {
    const toLocal = localClock(book.settings.timezone)
    const world = { moment, toLocal, ...(bar ? { onProgress: bar.show } : {}) }
    const result = await runImport(book, db, plan, settled, world).finally(() => bar?.stop())
    result.notes.unshift(...notes, ...plan.understood)
    if (result.created > 0) {
      const money = otherMoneyColumns(kind, columns, prepared.samples)
      result.loud.unshift(...otherMoneyLine(money, withoutAmount(columns, prepared.samples)))
      if (kind === 'deals') addAll(result.notes, chanceLine(columns))
    }
    if (kind === 'deals') {
      addAll(result.notes, linesLine(lineColumns(columns), shellWord(source.name)))
    }
    if (!asksOf(context) && result.created > 0) {
      addAll(result.notes, nameNote(kind, { ...prepared, columns }, plan.defaults))
      const money = moneyColumns(kind, columns, prepared.samples, plan.defaults)
      result.loud.unshift(...amountLine(money))
    }
    if (account) {
      const said = statementNotes(source.name, account, statements, result)
      result.loud.unshift(...said)
      result.notes.unshift(...said)
    }
    const reasons = firstReasons(result.rejects)
    Object.assign(refusals, { rows: result.rejected, of: result.read, reasons })
    addAll(loud, result.loud)
    if (rejects !== undefined && !dryRun) saveRejects(rejects, table, result)
    if (options.saveProfile !== undefined) {
      const how = keptOptions({ ...kept, value: values.length > 0 ? values : undefined })
      const named = toProfile(options.saveProfile, kind, columns, how, readings)
      await forgetAnswers(db, named)
      await saveProfile(db, named)
    }
    const { rejects: refused, loud: _, beyond, ...counts } = result
    return {
      summary:
        `imported ${kind}${account ? ` of ${account.name}` : ''} from ${source.name}: ` +
        `${result.created} new, ${result.updated} changed`,
      text: describeImport(source.name, { ...prepared, columns }, result, {
        dryRun,
        // The fields of a statement or an e-invoice are what they are.
        isSeen: statements !== undefined || table.eInvoice !== undefined || asksOf(context),
      }),
      result: {
        file: source.name,
        sheet: table.sheet,
        ...(account && statementCells(account, statements)),
        ...counts,
        rejects: refused.map(({ row, reason }) => ({ row, reason })),
        columns: [
          ...columns.map(({ header, target, by }) => ({
            header,
            field: describeTarget(target),
            by,
          })),
          ...beyond.map(({ column }) => ({
            header: '',
            field: describeTarget({ to: 'property', name: column }),
            by: 'none',
          })),
        ],
      },
      next:
        account && result.created > 0 && !dryRun
          ? 'find what they pay: funnel bank match --dry-run'
          : undefined,
    }
  })
  sayLoud(context, loud)
  if (dryRun) return
  sayRejected(context, refusals)
  await indexFew(book)
}

/** Up to this many new rows are read into the indexes of `funnel find` at once: it takes half a second at most. */
const FEW = 15_000

/** Brings the indexes up to date after an import, unless that takes long; the first search then says so. */
async function indexFew(book: Book): Promise<void> {
  const search = await book.store.search()
  const waiting = search.backlog()
  if (waiting > 0 && waiting <= FEW) search.catchUp()
}

/** What a kind of file may be. */
const OTHERS = 'CSV, XLSX, XLS, ODS, XML Spreadsheet, HTML or JSON; - reads stdin'
const SOURCES: Record<ImportKind, string> = {
  clients: 'CSV, XLSX, XLS, ODS, XML Spreadsheet, HTML, JSON or vCard; - reads stdin',
  deals: OTHERS,
  history: OTHERS,
  interactions: OTHERS,
  products: OTHERS,
  prices: OTHERS,
  goals: OTHERS,
  invoices:
    'an e-invoice (UBL, CII, or a PDF with one), or a table: CSV, XLSX, XLS, ODS …; - reads stdin',
  payments: OTHERS,
  bookings:
    'CAMT, MT940, OFX, 1CClientBankExchange, or a table: CSV, XLSX, XLS, ODS …; - reads stdin',
  lines: OTHERS,
  tasks: 'CSV, XLSX, XLS, ODS, XML Spreadsheet, HTML, JSON or iCalendar; - reads stdin',
}

/** The command that imports one kind of file. */
export function importCommand(kind: ImportKind, about: About): CommandSpec {
  const keys = new Set<Key>([...EVERY_KIND, ...about.options])
  for (const key of about.without ?? []) keys.delete(key)
  const options = Object.fromEntries(
    Object.entries(OPTIONS).filter(([key]) => keys.has(key as Key)),
  ) as typeof OPTIONS
  const fields = fieldsOf(kind)
    .map(({ name }) => name)
    .join(', ')
  return defineCommand({
    description: `${about.description}\n\nFields: ${fields}.`,
    arguments: [{ syntax: '<file>', help: SOURCES[kind] }],
    options,
    examples: about.examples,
    run: (context, [name = ''], given) =>
      withFile(context, name, (source) => importFile(context, kind, source, given)),
  })
}

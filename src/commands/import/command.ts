import path from 'node:path'
import { requireNotImported } from '../../book/imported.ts'
import { isSameFile } from '../../book/new-file.ts'
import { type CommandSpec, defineCommand } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { diskFull, unwritable } from '../../cli/errors.ts'
import { progressBar } from '../../cli/progress.ts'
import { localDays } from '../../cli/clock.ts'
import { Fault } from '../../domain/fault.ts'
import { gatherEvidence, refuseDoubt } from '../../import/evidence.ts'
import { fieldsOf, type ImportKind } from '../../import/map/fields.ts'
import { isOwn, ownProfile } from '../../import/map/own.ts'
import { knownNames } from '../../import/known-names.ts'
import { moneyColumns } from '../../import/map/money-columns.ts'
import { nameColumns } from '../../import/map/name-columns.ts'
import { fromProfile, type Profile, toProfile } from '../../import/map/profile.ts'
import { describeTarget, requireFields, type Target } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import { amountLine } from '../../import/loud.ts'
import { type Prepared, prepareImport } from '../../import/prepare.ts'
import {
  findAnswers,
  forgetAnswers,
  listProfiles,
  recogniseProfile,
  saveProfile,
} from '../../import/profiles.ts'
import type { Table } from '../../import/recognise/table.ts'
import { firstReasons } from '../../import/reasons.ts'
import { writeRejects } from '../../import/rejects.ts'
import { type ImportResult, runImport, type Settled } from '../../import/run.ts'
import { routeStages } from '../../import/stages/route.ts'
import { stageCollector } from '../../import/stages/seen.ts'
import { askAdditions } from './additions.ts'
import { answeredColumns } from './answers.ts'
import { askProcess } from './ask-process.ts'
import { askDoubt } from './confirm.ts'
import { describeImport } from './describe.ts'
import { type ImportOptions, keptOptions, OPTIONS, planOf, withKept } from './options.ts'
import { namedProfile } from './profile.ts'
import { type Refusals, sayLoud, sayRejected } from './refusals.ts'
import { type NamedFile, withFile } from './spool.ts'

const EVERY_KIND = [
  'map',
  'ignore',
  'default',
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

/** What the commands differ in. */
interface About {
  description: string
  /** Options beside those that every kind takes. */
  options: Exclude<Key, (typeof EVERY_KIND)[number]>[]
  examples: string[]
}

/** A file with how it is to be read. */
interface PreparedFile {
  plan: ImportPlan
  prepared: Prepared
  kept: ImportOptions
  /** What the columns were read by. */
  profile: Profile | undefined
  notes: string[]
}

/** The file's table and columns, with what a profile says of such a file. */
async function prepare(
  context: Context,
  kind: ImportKind,
  source: NamedFile,
  options: ImportOptions,
): Promise<PreparedFile> {
  const { db, raw, settings } = await context.book()
  const { code } = settings.currency
  const names = knownNames(raw)
  const isOff = options.profile?.trim().toLowerCase() === 'none'
  const known = options.profile !== undefined || isOff ? [] : await listProfiles(db, kind)
  let profile: Profile | undefined =
    options.profile === undefined || isOff
      ? undefined
      : await namedProfile(context, kind, options.profile)
  let kept = withKept(options, profile?.options ?? {})
  const saved = (headers: string[]): Map<string, Target> | undefined => {
    // Answers are for the person at the terminal; a script reads a file as it always did.
    const answers = context.interactive ? findAnswers(known, headers) : undefined
    if (!isOff) profile ??= answers ?? ownProfile(kind, headers) ?? recogniseProfile(known, headers)
    return profile && fromProfile(profile)
  }
  let prepared = await prepareImport(planOf(kind, source, kept, code), saved, names)
  const notes: string[] = []
  if (profile && options.profile === undefined) {
    kept = withKept(options, profile.options ?? {})
    if (kept.encoding !== options.encoding) {
      prepared = await prepareImport(planOf(kind, source, kept, code), saved, names)
    }
    const what =
      profile.answered === undefined
        ? `The profile “${profile.name}” fits this file`
        : `Columns as you answered on ${profile.answered}`
    if (!isOwn(profile)) notes.push(`${what} (--profile none leaves it out).`)
  }
  return { plan: planOf(kind, source, kept, code), prepared, kept, profile, notes }
}

/** Is the person at the terminal asked about the columns? */
function asksOf({ interactive, globals }: Context): boolean {
  return interactive && !globals.yes
}

/** What the person at the terminal, or the options, have to say before anything is written. */
async function settle(
  context: Context,
  { plan, prepared, profile, notes }: PreparedFile,
): Promise<Settled> {
  const { kind, defaults } = plan
  const { table } = prepared
  const asks = asksOf(context)
  // Said before the columns are shown, and not once more at the end.
  if (asks && profile?.answered !== undefined) {
    for (const note of notes.splice(0)) context.say(note)
  }
  const columns = asks ? await answeredColumns(context, plan, prepared, profile) : prepared.columns
  requireFields(kind, columns, table.headers, defaults)
  const { currency } = (await context.book()).settings
  const stages = stageCollector(kind, columns, defaults, plan.words)
  const evidence = await gatherEvidence(
    kind,
    table,
    columns,
    plan.formats,
    currency,
    (doubt) => (asks ? askDoubt(context, doubt) : refuseDoubt(doubt)),
    stages?.see,
  )
  const ask = asks ? askProcess(context) : null
  const route = await routeStages((await context.book()).db, plan, stages?.groups() ?? [], ask)
  return { table, columns, evidence, route }
}

/** What is written is CSV, and would not open under these names. */
const NOT_CSV = /\.(?:xls[xmb]?|ods|xml|vcf|jsonl?|pdf|docx?|html?)$/i

/** Where the rejected rows go. @throws Fault `usage` where that is the file itself, the book or no CSV. */
async function rejectsFile(
  context: Context,
  source: NamedFile,
  name?: string,
): Promise<string | undefined> {
  if (name === undefined) return undefined
  if (NOT_CSV.test(name)) {
    throw new Fault(
      'usage',
      'the rejected rows are written as CSV',
      'name the file such as rest.csv',
    )
  }
  const file = path.resolve(context.io.cwd, name)
  const book = context.bookPath()
  const kept = [source.file, book, `${book}-wal`, `${book}-shm`]
  const replaced = kept.find((one) => one === file || isSameFile(one, file))
  if (replaced === undefined) {
    requireNotImported(await context.book(), file)
    return file
  }
  const what = replaced === source.file ? 'the file itself' : 'the book'
  throw new Fault('usage', `the rejected rows would replace ${what}`, 'name another file')
}

function saveRejects(file: string, { headers, delimiter }: Table, result: ImportResult): void {
  try {
    writeRejects(file, headers, result.rejects, delimiter)
  } catch (error) {
    const why = error instanceof Fault ? error.message : unwritable(error, file)
    const what = `${file} cannot be written: ${why}; nothing was imported`
    if (diskFull(error)) throw new Fault('failed', what, 'make room and try again', error)
    throw new Fault('usage', what, 'name another file with --rejects', error)
  }
}

/** Which columns may be the name, where clients came in without. */
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
  const ready = await prepare(context, kind, source, options)
  const { prepared, kept, notes } = ready
  const settled = await settle(context, ready)
  const { process = ready.plan.process, create } = settled.route
  const routed = { ...ready.plan, process, create }
  const plan = asksOf(context) ? await askAdditions(context, routed, settled) : routed
  const { table, columns } = settled
  const book = await context.book()
  const shows = context.io.stderr.isTTY === true && !context.globals.quiet
  const bar = shows ? progressBar(context.io) : undefined
  const refusals: Refusals = { rows: 0, of: 0, reasons: [] }
  const loud: string[] = []
  await context.change({ dryRun }, async (db, moment) => {
    const toLocalDay = localDays(book.settings.timezone)
    const world = { moment, toLocalDay, ...(bar ? { onProgress: bar.show } : {}) }
    const result = await runImport(book, db, plan, settled, world).finally(() => bar?.stop())
    result.notes.unshift(...notes, ...plan.understood)
    if (!asksOf(context) && result.created > 0) {
      result.notes.push(...nameNote(kind, { ...prepared, columns }, plan.defaults))
      const money = moneyColumns(kind, columns, prepared.samples, plan.defaults)
      result.loud.unshift(...amountLine(money))
    }
    const reasons = firstReasons(result.rejects)
    Object.assign(refusals, { rows: result.rejected, of: result.read, reasons })
    loud.push(...result.loud)
    if (rejects !== undefined && !dryRun) saveRejects(rejects, table, result)
    if (options.saveProfile !== undefined) {
      const named = toProfile(options.saveProfile, kind, columns, keptOptions(kept))
      await forgetAnswers(db, named)
      await saveProfile(db, named)
    }
    const { rejects: refused, loud: _, ...counts } = result
    return {
      summary:
        `imported ${kind} from ${source.name}: ` +
        `${result.created} new, ${result.updated} changed`,
      text: describeImport(source.name, { ...prepared, columns }, result, {
        dryRun,
        isSeen: asksOf(context),
      }),
      result: {
        file: source.name,
        sheet: table.sheet,
        ...counts,
        rejects: refused.map(({ row, reason }) => ({ row, reason })),
        columns: columns.map(({ header, target, by }) => ({
          header,
          field: describeTarget(target),
          by,
        })),
      },
    }
  })
  sayLoud(context, loud)
  if (!dryRun) sayRejected(context, refusals)
}

/** What a kind of file may be. */
const OTHERS = 'CSV, XLSX, XLS, ODS, XML Spreadsheet, HTML or JSON; - reads stdin'
const SOURCES: Record<ImportKind, string> = {
  clients: 'CSV, XLSX, XLS, ODS, XML Spreadsheet, HTML, JSON or vCard; - reads stdin',
  deals: OTHERS,
  history: OTHERS,
  interactions: OTHERS,
  tasks: OTHERS,
}

/** The command that imports one kind of file. */
export function importCommand(kind: ImportKind, about: About): CommandSpec {
  const keys = new Set<Key>([...EVERY_KIND, ...about.options])
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

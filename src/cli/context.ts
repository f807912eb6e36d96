import { appendFileSync } from 'node:fs'
import path from 'node:path'
import type { Book, Meddling } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import type { Done, OperationId } from '../book/store/operate.ts'
import { type Day, withinReason } from '../domain/day.ts'
import { parseAnyDay } from '../domain/day-words.ts'
import { Fault } from '../domain/fault.ts'
import { jsonText } from '../domain/json-text.ts'
import { type Locale, localDays } from '../domain/locale.ts'
import { withoutControls } from '../domain/name.ts'
import type { Report } from '../domain/table.ts'
import type { Moment } from '../records/moment.ts'
import type { Format } from '../render/index.ts'
import type { Screen } from '../render/screen.ts'
import { authorOf } from './author.ts'
import * as clock from './clock.ts'
import { onInterrupt, pastInterrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import { locateBook } from './locate.ts'
import { ask, type Questions } from './questions.ts'
import { shellLine } from './shell-word.ts'

/** The options that every command takes. */
export interface Globals {
  book?: string
  json?: boolean
  csv?: boolean
  color?: boolean
  input?: boolean
  yes?: boolean
  quiet?: boolean
  asOf?: string
}

/** What a change did: `summary` for people and the history, `result` for JSON. */
export interface Change extends Done {
  /** What is written for people, if the summary is too short. */
  text?: string | Report
  result?: Record<string, unknown>
  /** What `--csv` writes, a row for each record; without it, the result as one row. */
  table?: Report
  /** What comes next, for people only. */
  next?: string | undefined
}

/** What every command is handed: the terminal, the options of all commands, the clock, the book. */
export interface Context {
  io: Io
  globals: Globals
  /** The command line, as it is kept in the history. */
  commandLine: string
  /** Runs another command line on the same terminal. */
  run: (argv: string[], io: Io) => Promise<number>
  /** Where the book is, whether or not there is one. */
  bookPath: () => string
  /** The book; opened when first asked for. Other programs' triggers in it are left to doctor. */
  book: (meddling?: Meddling) => Promise<Book>
  today: () => Promise<Day>
  /** The day that reports are made for: `--as-of`, else today. */
  asOf: () => Promise<Day>
  /** When something happened (today by default) and when it is entered. */
  moment: (on?: Day) => Promise<Moment>
  /** Can the person at the terminal be asked? */
  interactive: boolean
  ask: () => Promise<Questions>
  screen: Screen
  /** A report in a format; for people, numbers and days follow the book's locale. */
  compose: (report: Report, format: Format, screen?: Screen) => Promise<string>
  /** Writes a report or a list in the format asked for. */
  print: (report: Report, format?: Format, screen?: Screen) => Promise<void>
  /** A report as it is written for people. */
  draw: (report: Report) => Promise<string>
  /**
   * Writes a report that may be longer than the screen: on a terminal in the pager, the rest
   * built while the first part is read.
   */
  printLong: (first: Report, rest: () => Promise<Report | null>) => Promise<void>
  /** Writes a result: text for people, or a record if `--json` or `--csv` is asked for. */
  tell: (text: string, result: Record<string, unknown>) => Promise<void>
  /** A text for people, its days as the book's locale writes them, once the book is open. */
  local: (text: string) => string
  /** Writes to stderr, for people only. */
  say: (text: string) => void
  /** Runs work as one operation, and writes what it did; with `silent`, that is left to the caller. */
  change: (
    options: {
      on?: Day | undefined
      dryRun?: boolean | undefined
      silent?: boolean | undefined
    },
    work: (db: Db, moment: Moment) => Promise<Change>,
  ) => Promise<OperationId>
  /** What an accident of the program means where the book that is open is damaged; else the accident. */
  ofDamage: (accident: unknown) => Promise<unknown>
  close: () => Promise<void>
}

/** The size and abilities of the terminal; a pipe has no colour, no lines and no width. */
function screenOf(io: Io, globals: Globals): Screen {
  const terminal = io.stdout.isTTY === true
  const dumb = io.env.TERM === 'dumb'
  const colour = terminal && !dumb && !io.env.NO_COLOR && globals.color !== false
  return {
    terminal,
    colour,
    unicode: !dumb,
    width: terminal ? (io.stdout.columns ?? 80) : null,
    height: terminal ? (io.stdout.rows ?? 24) : null,
  }
}

/** Writes text that may be longer than the screen: in the pager, if there is one. */
async function showLong(
  io: Io,
  { height }: Screen,
  first: string,
  rest: () => Promise<string | null>,
): Promise<void> {
  const pager = io.env.PAGER ?? 'less'
  const isShort = height !== null && first.split('\n').length < height
  if (io.page && pager !== '' && !isShort) {
    async function* parts(): AsyncGenerator<string> {
      yield first
      yield (await rest()) ?? ''
    }
    if (await io.page(pager, parts())) return
  }
  io.stdout.write(first)
  io.stdout.write((await rest()) ?? '')
}

/** Data on its way out: to a pipe or a file exactly, to a terminal without control sequences. */
export function shown({ stdout }: Io, text: string): string {
  return stdout.isTTY === true ? withoutControls(text) : text
}

/** If FUNNEL_LOCK_LOG asks for it, a line for each change: how long it waited for the book, in ms. */
function waitedLog({ env: { FUNNEL_LOCK_LOG: file } }: Io): ((ms: number) => void) | undefined {
  if (!file) return undefined
  return (ms) => appendFileSync(file, `${ms.toFixed(2)}\n`, { mode: 0o600 })
}

/** Makes the context of one command line. */
export function makeContext(
  io: Io,
  globals: Globals,
  argv: string[],
  run: Context['run'],
): Context {
  let opened: Promise<Book> | undefined
  let locale: Locale | null = null
  const screen = screenOf(io, globals)
  const bookPath = (): string => locateBook(io, globals.book)

  // What is printed before the book was needed has no days in it.
  const forPeople = async (report: Report): Promise<Report> => {
    return locale ? (await import('../render/localise.ts')).localised(report, locale) : report
  }

  const writeResult: Context['tell'] = async (text, result) => {
    if (globals.json) io.stdout.write(`${jsonText(result, 2)}\n`)
    else if (globals.csv) {
      io.stdout.write(shown(io, (await import('../render/csv.ts')).recordCsv(result)))
    } else if (!globals.quiet) io.stdout.write(`${text}\n`)
  }

  const sayDone = async (
    done: Change & { operation: OperationId },
    dryRun: boolean,
  ): Promise<void> => {
    const unchanged = done.operation === null && !dryRun
    const said = done.text ?? (unchanged ? 'nothing to change' : done.summary)
    // A drawing keeps its colours, but no other control sequences.
    const text =
      typeof said === 'object' ? await context.draw(said) : withoutControls(context.local(said))
    if (globals.csv && done.table) await context.print(done.table)
    else await writeResult(text, { operation: done.operation, ...done.result })
    if (done.next !== undefined) context.say(done.next)
  }

  const usualFormat = globals.json ? 'json' : globals.csv ? 'csv' : 'screen'

  const context: Context = {
    io,
    globals,
    commandLine: shellLine(['funnel', ...argv]),
    run,
    bookPath,
    screen,
    interactive: globals.input !== false && io.stderr.isTTY === true && io.stdin.isTTY === true,
    async book(meddling) {
      opened ??= import('../book/open.ts').then(({ openBook }) => {
        const book = openBook(bookPath(), meddling, (line) => context.say(line))
        locale = book.settings.locale
        for (const warning of book.warnings) context.say(`warning: ${warning}`)
        return book
      })
      return opened
    },
    async today() {
      return clock.today(io, (await context.book()).settings.timezone)
    },
    async asOf() {
      const today = await context.today()
      return globals.asOf === undefined
        ? today
        : withinReason(parseAnyDay(globals.asOf, today), '--as-of')
    },
    async moment(on) {
      const today = await context.today()
      return { on: on ?? today, today, recordedAt: clock.moment(io) }
    },
    ask: () => ask(io),
    async compose(report, format, on = screen) {
      const { render } = await import('../render/index.ts')
      const isForPrograms = format === 'json' || format === 'csv'
      return render(isForPrograms ? report : await forPeople(report), format, on)
    },
    async print(report, format = usualFormat, on = screen) {
      const text = await context.compose(report, format, on)
      io.stdout.write(format === 'csv' ? shown(io, text) : text)
    },
    draw: async (report) => (await context.compose(report, 'screen')).trimEnd(),
    async printLong(first, rest) {
      const draw = (report: Report): Promise<string> => context.compose(report, 'screen')
      await showLong(io, screen, await draw(first), async () => {
        const more = await rest()
        return more && `\n${await draw(more)}`
      })
    },
    tell: (text, result) => writeResult(withoutControls(context.local(text)), result),
    local: (text) => (locale === null ? text : localDays(text, locale)),
    say(text) {
      if (!globals.quiet) io.stderr.write(`${withoutControls(context.local(text))}\n`)
    },
    async change({ on, dryRun, silent }, work) {
      const book = await context.book()
      const moment = await context.moment(on)
      const { operate } = await import('../book/store/operate.ts')
      const info = {
        command: context.commandLine,
        at: moment.recordedAt,
        author: authorOf(io),
        dryRun: dryRun ?? false,
        waited: waitedLog(io),
      }
      const calm = onInterrupt()
      try {
        const done = await operate(book, info, (db) => work(db, moment))
        pastInterrupt()
        if (!silent) await sayDone(done, dryRun === true)
        return done.operation
      } finally {
        calm()
      }
    },
    async ofDamage(accident) {
      const book = await opened?.catch(() => undefined)
      if (!book || !(await book.store.care()).isDamaged()) return accident
      const { damagedFault } = await import('../book/store/fault.ts')
      return damagedFault(book.path, accident)
    },
    async close() {
      const book = await opened?.catch(() => undefined)
      book?.close()
    },
  }
  if (globals.json && globals.csv) {
    throw new Fault('usage', '--json and --csv cannot be used together', 'give one of them')
  }
  return context
}

/** The name of a file as the person knows it: relative to where they stand, if it is below. */
export function shortPath(io: Io, file: string): string {
  const relative = path.relative(io.cwd, file)
  return relative.startsWith('..') ? file : relative
}

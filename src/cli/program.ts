import { Command, CommanderError, Option } from 'commander'
import { Fault } from '../domain/fault.ts'
import type { CommandEntry, CommandSpec, OptionSpec } from './command.ts'
import { type Context, type Globals, makeContext } from './context.ts'
import { isAccident, report } from './errors.ts'
import { GLOBAL_OPTIONS } from './globals.ts'
import type { Io } from './io.ts'

/** What the program is made of besides its commands. */
export interface Program {
  version: string
  run: Context['run']
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

function commanderOption(spec: OptionSpec<unknown>): Option {
  const made = new Option(spec.flags, spec.help)
  if (spec.choices) made.choices(spec.choices)
  if (spec.repeat) made.argParser(collect)
  if (spec.refused) refuseWords(made, spec.refused)
  return made
}

/** Says why a word is refused, if the usual answer would only list those that are accepted. */
function refuseWords(made: Option, refused: NonNullable<OptionSpec<unknown>['refused']>): void {
  const { parseArg } = made
  made.parseArg = <T>(text: string, before: T): T => {
    const why = refused[text]
    if (why !== undefined) throw new Fault('usage', `${made.long} ${text} is refused: ${why}`)
    return (parseArg?.(text, before) ?? text) as T
  }
}

/** An option that exists only to be refused with its reason; the help does not show it. */
function refusedOption(flag: string): Option {
  return new Option(`${flag} [text]`).hideHelp()
}

async function readValues(
  spec: CommandSpec,
  given: Record<string, unknown>,
  context: Context,
): Promise<Record<string, unknown>> {
  for (const [flag, why] of Object.entries(spec.refused ?? {})) {
    if (given[refusedOption(flag).attributeName()] === undefined) continue
    throw new Fault('usage', `${flag} is refused here: ${why}`, 'leave it out')
  }
  const values: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(spec.options)) {
    const value = given[commanderOption(declared).attributeName()]
    const reads = typeof value === 'string' && declared.read && !declared.repeat
    values[name] = reads ? await declared.read?.(value, context) : value
  }
  return values
}

/** Examples as the help shows them. */
function exampleText(spec: CommandSpec): string {
  const lines = spec.examples.map((example) => `  $ funnel ${example}`)
  return `\nExamples:\n${lines.join('\n')}\n`
}

/** Fills in a command's arguments, options and work. */
function complete(
  command: Command,
  spec: CommandSpec,
  action: (spec: CommandSpec, args: string[], given: Record<string, unknown>) => Promise<void>,
): void {
  if (spec.description) command.description(`${command.description()}\n\n${spec.description}`)
  for (const { syntax, help } of spec.arguments ?? []) command.argument(syntax, help)
  for (const declared of Object.values(spec.options)) command.addOption(commanderOption(declared))
  for (const flag of Object.keys(spec.refused ?? {})) command.addOption(refusedOption(flag))
  command.addHelpText('after', exampleText(spec))
  command.action(() => action(spec, command.args, command.opts()))
}

function addGlobals(program: Command): void {
  for (const { flags, help } of GLOBAL_OPTIONS) program.option(flags, help)
}

/** The longest beginning of a command line that names a command or a group; empty if none does. */
function knownPath(argv: string[], entries: readonly CommandEntry[]): string {
  const words = argv.filter((word) => !word.startsWith('-'))
  const starts = [3, 2, 1].map((count) => words.slice(0, count).join(' '))
  const isKnown = (start: string): boolean =>
    entries.some(({ path }) => path === start || path.startsWith(`${start} `))
  return starts.find((start) => start !== '' && isKnown(start)) ?? ''
}

function helpHint(path: string): string {
  return `see: funnel ${path === '' ? '' : `${path} `}--help`
}

/** The words of a command line, without options and without the values of those before a command. */
function wordsOf(argv: readonly string[]): string[] {
  const words: string[] = []
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (VALUED.has(word)) at += 1
    else if (!word.startsWith('-') || word === '-') words.push(word)
  }
  return words
}

/** The options of all commands that are followed by a value. */
const VALUED = new Set(
  GLOBAL_OPTIONS.filter(({ flags }) => flags.includes('<')).map(({ flags }) => flags.split(' ')[0]),
)

/** `funnel help win` is `funnel win --help`; options of all commands may stand before. */
async function resolveHelp(
  argv: string[],
  entries: readonly CommandEntry[],
  io: Io,
): Promise<string[]> {
  const [word, ...rest] = wordsOf(argv)
  if (word !== 'help') return argv
  if (rest.length > 0 && knownPath(rest, entries) === '') {
    const { commandHint } = await import('./usage-fault.ts')
    const hint = commandHint({ entries, io, words: rest, hint: helpHint('') })
    throw new Fault('usage', `unknown command '${rest.join(' ')}'`, hint)
  }
  return [...rest, '--help']
}

/** What the help says of a word that only groups others. */
const GROUPS: Record<string, string> = {
  import: 'import spreadsheets: ',
  report: 'look at the funnel: ',
}

/** Is a command one of a group? */
function isBelow({ path }: CommandEntry, group: string): boolean {
  return path.startsWith(`${group} `)
}

/** The words that follow others in paths, each once. */
function nextWords(above: string, entries: readonly CommandEntry[]): string[] {
  return [...new Set(entries.map(({ path }) => path.slice(above.length).split(' ', 1)[0] ?? ''))]
}

type Action = Parameters<typeof complete>[2]

function settle(command: Command, load: (command: Command) => Promise<void>): Command {
  return command
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .hook('preSubcommand', (_parent, child) => load(child))
}

/**
 * The command tree, grown as far as the command line goes: a group's commands, and a command's own
 * code, come in when they are called or asked for help.
 */
function build(entries: readonly CommandEntry[], io: Io, version: string, action: Action): Command {
  const program = new Command('funnel')
  const later = new Map<Command, () => Promise<void> | void>()
  const load = async (command: Command): Promise<void> => {
    const grow = later.get(command)
    later.delete(command)
    await grow?.()
  }
  const addLeaf = (parent: Command, name: string, entry: CommandEntry): Command => {
    const command = settle(parent.command(name).description(entry.summary), load)
    later.set(command, async () => complete(command, await entry.load(), action))
    return command
  }
  /** The commands and groups below one, `above` being its words: `deal `. */
  const addAll = (parent: Command, above: string, members: readonly CommandEntry[]): Command[] =>
    nextWords(above, members).flatMap((word) => {
      const path = above + word
      const own = members.filter((entry) => entry.path === path || isBelow(entry, path))
      const [first] = own
      if (!first) return []
      const command =
        first.path === path ? addLeaf(parent, word, first) : addGroup(parent, word, above, own)
      if (above === '') command.helpGroup(first.group)
      return [command]
    })
  const addGroup = (
    parent: Command,
    word: string,
    above: string,
    members: readonly CommandEntry[],
  ): Command => {
    const group = settle(parent.command(word), load)
    const path = `${above}${word} `
    later.set(group, () => void addAll(group, path, members))
    return group.description((GROUPS[word] ?? '') + nextWords(path, members).join(', '))
  }

  program.description('Sales funnel in one file: clients, deals, reports, forecasts.')
  addGlobals(program)
  program.version(version, '-V, --version', 'print the version')
  program.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: () => undefined,
    getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 100),
    getErrHelpWidth: () => Math.min(io.stderr.columns ?? 80, 100),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  })
  settle(program, load)
    .configureHelp({ showGlobalOptions: false })
    .helpCommand(false)
    .addHelpText('after', '\nfunnel help COMMAND shows what a command takes, with examples.\n')
  addAll(program, '', entries)
  return program
}

/** A word that no command has a place for. */
const LEFT_OVER = new Set(['commander.unknownCommand', 'commander.excessArguments'])

/** Help and version have been written by then; there is nothing more to say. */
const QUIET = new Set(['commander.helpDisplayed', 'commander.help', 'commander.version'])

function noAsOf(): Fault {
  const message = 'this command knows only how things stand now; --as-of is for reports'
  return new Fault('usage', message, 'see: funnel report --help')
}

/** What SQLite says of the book in the middle of a query, as a fault of the book. */
async function explained(error: unknown, context: Context | undefined): Promise<unknown> {
  if (!context) return error
  // A damaged file can hold anything, such as a number in the place of a day, or lack a row that must be there.
  if (isAccident(error)) return context.ofDamage(error)
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error
  const { toFault } = await import('../book/store/fault.ts')
  return toFault(error, context.bookPath())
}

/**
 * Parses a command line and runs its command.
 * @returns the exit code.
 */
export async function runProgram(
  argv: string[],
  io: Io,
  entries: readonly CommandEntry[],
  { version, run }: Program,
): Promise<number> {
  let context: Context | undefined
  const program = build(entries, io, version, async (spec, args, given) => {
    const globals = program.opts<Globals>()
    if (globals.asOf !== undefined && !spec.asOf) throw noAsOf()
    context = makeContext(io, globals, argv, run)
    await spec.run(context, args, await readValues(spec, given, context))
  })
  try {
    if (argv.length === 0) {
      program.outputHelp()
      return 0
    }
    await program.parseAsync(await resolveHelp(argv, entries, io), { from: 'user' })
    return 0
  } catch (error) {
    if (!(error instanceof CommanderError))
      return report(await explained(error, context), io, context?.local)
    if (QUIET.has(error.code))
      return error.code === 'commander.help' && error.exitCode !== 0 ? 2 : 0
    const words = wordsOf(argv)
    // `report help` and `report open help`: the command itself does not take that word.
    if (words.length > 1 && argv.at(-1) === 'help' && LEFT_OVER.has(error.code)) {
      // Not by this function itself: a recursion makes the bundler leave out what results write.
      return await run([...argv.slice(0, -1), '--help'], io)
    }
    const { usageFault } = await import('./usage-fault.ts')
    const hint = helpHint(knownPath(words, entries))
    return report(usageFault(error, { program, entries, io, words, hint }), io)
  } finally {
    await context?.close()
  }
}

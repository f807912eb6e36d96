import type { CommandEntry, CommandSpec } from '../command.ts'
import { GOAL_MEASURES } from '../../domain/goals/measures.ts'
import { GLOBAL_OPTIONS } from '../globals.ts'
import type { Io } from '../io.ts'
import { isNamed, namesIn } from './names.ts'

/** One way to complete a word. */
export interface Suggestion {
  value: string
  /** What it is, for shells that show it. */
  help?: string
  /** What bash, which shows no help, prints when it only lists. */
  listed?: string
}

/** Ways to complete a word, or the files that the shell knows. */
export type Suggestions = Suggestion[] | 'files'

interface Flag {
  names: string[]
  /** What its value is: `client` for `--client <client>`; undefined for a switch. */
  value: string | undefined
  choices: readonly string[] | undefined
  help: string
}

function flagOf(spec: { flags: string; help: string; choices?: readonly string[] }): Flag {
  return {
    names: spec.flags.match(/(?<![\w-])--?[a-z][\w-]*/gi) ?? [],
    value: /[<[]([^\]>.]+)/.exec(spec.flags)?.[1],
    choices: spec.choices,
    help: spec.help,
  }
}

const HELP = flagOf({ flags: '-h, --help', help: 'show help' })

/** Words that stand for values of which only some examples can be given. */
const EXAMPLES: Record<string, string[]> = {
  day: ['today', 'yesterday', '-3d', '-1w'],
  period: [
    'this-month',
    'last-month',
    'this-quarter',
    'last-quarter',
    'this-year',
    'last-30d',
    'all',
  ],
  compared: ['previous', 'year-ago', 'last-month', 'last-quarter'],
  shell: ['bash', 'zsh', 'fish'],
  measure: [...GOAL_MEASURES],
}

/** What has been typed, as far as completing goes. */
interface Typed {
  /** The words that are neither options nor their values. */
  words: string[]
  /** The option whose value is being typed. */
  pending: Flag | undefined
  book: string | undefined
}

function sortWords(words: readonly string[], flags: readonly Flag[]): Typed {
  const typed: Typed = { words: [], pending: undefined, book: undefined }
  for (const word of words) {
    const { pending } = typed
    const [name = '', given] = word.startsWith('--') ? word.split(/=(.*)/s) : [word]
    const flag = flags.find(({ names }) => names.includes(name))
    if (pending) {
      if (pending.names.includes('--book')) typed.book = word
      typed.pending = undefined
    } else if (flag && given !== undefined) {
      if (name === '--book') typed.book = given
    } else if (flag?.value !== undefined) typed.pending = flag
    else if (!word.startsWith('-')) typed.words.push(word)
  }
  return typed
}

function entryOf(entries: readonly CommandEntry[], words: string[]): CommandEntry | undefined {
  return entries.find(({ path }) => {
    const own = path.split(' ')
    return own.every((word, index) => words[index] === word)
  })
}

/** The words that may follow at this place of the command tree. */
function commandWords(entries: readonly CommandEntry[], before: string[]): Suggestion[] {
  const found = new Map<string, Suggestion>()
  for (const { path, summary } of entries) {
    const own = path.split(' ')
    const value = own[before.length]
    if (value === undefined || !before.every((word, index) => own[index] === word)) continue
    const group = own.length > before.length + 1
    if (!found.has(value)) found.set(value, group ? { value } : { value, help: summary })
  }
  return [...found.values()]
}

function beginning(suggestions: Suggestion[], current: string): Suggestion[] {
  const start = current.toLowerCase()
  return suggestions.filter(({ value }) => value.toLowerCase().startsWith(start))
}

/** Completes a value by the word that stands for it in the help. */
function values(
  io: Io,
  book: string | undefined,
  flag: { value: string | undefined; choices?: readonly string[] | undefined },
  current: string,
): Suggestions {
  const what = flag.value ?? ''
  if (flag.choices)
    return beginning(
      flag.choices.map((value) => ({ value })),
      current,
    )
  if (what === 'file') return 'files'
  if (isNamed(what)) return namesIn(io, book, what, current)
  return beginning(
    (EXAMPLES[what] ?? []).map((value) => ({ value })),
    current,
  )
}

function argumentAt(spec: CommandSpec, index: number): string | undefined {
  const all = spec.arguments ?? []
  const last = all.at(-1)
  const found = all[index] ?? (last?.syntax.includes('...') ? last : undefined)
  return found && /[<[]([^\]>.]+)/.exec(found.syntax)?.[1]
}

/** The ways to complete a command line, from its finished words and the word at the cursor. */
export async function suggest(
  words: string[],
  current: string,
  io: Io,
  entries: readonly CommandEntry[],
): Promise<Suggestions> {
  const globals = [...GLOBAL_OPTIONS.map(flagOf), HELP]
  const named = sortWords(words, globals).words
  if (named[0] === 'help') return beginning(commandWords(entries, named.slice(1)), current)
  const entry = entryOf(entries, named)
  const spec = await entry?.load()
  const flags = [...Object.values(spec?.options ?? {}).map(flagOf), ...globals]
  const typed = sortWords(words, flags)
  if (typed.pending) return values(io, typed.book, typed.pending, current)
  const [name = '', given] = current.startsWith('--') ? current.split(/=(.*)/s) : [current]
  if (given !== undefined) {
    const flag = flags.find(({ names }) => names.includes(name))
    const found = flag ? values(io, typed.book, flag, given) : []
    return found === 'files'
      ? found
      : found.map((one) => ({ ...one, value: `${name}=${one.value}` }))
  }
  if (current.startsWith('-')) {
    const long = flags.map(({ names, help }) => ({ value: names.at(-1) ?? '', help }))
    return beginning(long, current)
  }
  if (!entry || !spec) return beginning(commandWords(entries, typed.words), current)
  const argument = argumentAt(spec, typed.words.length - entry.path.split(' ').length)
  return argument === undefined ? [] : values(io, typed.book, { value: argument }, current)
}

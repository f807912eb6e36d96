import type { Context } from './context.ts'

/** Turns an option's text into its value; the context knows today, the currency and the book. */
export type Read<T> = (text: string, context: Context) => T | Promise<T>

/** An option of a command. `flags` is written as in the help: `--on <day>`. */
export interface OptionSpec<T> {
  flags: string
  help: string
  /** Missing for a switch, which takes no text. */
  read?: Read<T>
  /** May be given several times; the value is a list. */
  repeat?: boolean
  /** The words that it can be. */
  choices?: readonly string[]
  /** Words that similar options take, each with the reason why this one does not. */
  refused?: Readonly<Record<string, string>>
}

/** An argument of a command, as in the help: `<client>`, `[text...]`. */
interface ArgumentSpec {
  syntax: string
  help: string
}

type Options = Record<string, OptionSpec<unknown>>

/** The values of the options given; one that was not given is undefined. */
export type Values<O extends Options> = {
  [K in keyof O]: (O[K] extends OptionSpec<infer T> ? T : never) | undefined
}

/** A command: what it takes, how it is used, and what it does. */
export interface CommandSpec<O extends Options = Options> {
  /** Can it look at an earlier day (`--as-of`)? If not, the option is refused. */
  asOf?: boolean
  /** What the help says below the summary. */
  description?: string
  arguments?: ArgumentSpec[]
  options: O
  /** Options that similar commands take, by their flag, each with the reason why this one does not. */
  refused?: Readonly<Record<string, string>>
  /** Command lines that work, without the word `funnel`, each tried by the tests. */
  examples: string[]
  run: (context: Context, args: string[], options: Values<O>) => Promise<unknown>
}

/** Declares a command. */
export function defineCommand<const O extends Options>(spec: CommandSpec<O>): CommandSpec {
  return spec as unknown as CommandSpec
}

/** A switch: given or not. */
export function flag(flags: string, help: string): OptionSpec<boolean> {
  return { flags, help }
}

/** An option with a value; without `read` the value is its text. */
export function option(flags: string, help: string): OptionSpec<string>
export function option<T>(flags: string, help: string, read: Read<T>): OptionSpec<T>
export function option(flags: string, help: string, read?: Read<unknown>): OptionSpec<unknown> {
  return { flags, help, read: read ?? ((text) => text) }
}

/** An option that is one of a few words. */
export function choice<const T extends string>(
  flags: string,
  help: string,
  choices: readonly T[],
): OptionSpec<T> {
  return { flags, help, choices, read: (text) => text as T }
}

/** An option that may be given several times. */
export function list(flags: string, help: string): OptionSpec<string[]> {
  return { flags, help, repeat: true, read: (text) => text as unknown as string[] }
}

/** A command's place in the program; its code is loaded when it is called. */
export interface CommandEntry {
  /** `client add`, or one word. */
  path: string
  summary: string
  group: string
  load: () => Promise<CommandSpec>
}

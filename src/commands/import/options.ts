import { parseCurrency } from '../../domain/settings.ts'
import { choice, flag, list, option, type Values } from '../../cli/command.ts'
import { readCount } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { type MatchKey, MATCH_KEYS } from '../../import/clients/match.ts'
import { DATE_FORMATS, type FormatWishes } from '../../import/evidence.ts'
import { fieldNamed, understood } from '../../import/map/field-words.ts'
import type { ImportKind } from '../../import/map/fields.ts'
import { fieldWords } from '../../import/map/wishes.ts'
import { type Creatable, CREATABLE } from '../../import/names.ts'
import { ON_DUPLICATE } from '../../import/outcome.ts'
import type { ImportPlan } from '../../import/plan.ts'
import { wholeNumber } from '../../domain/whole-number.ts'

const DECIMALS = [',', '.'] as const

const readLimit = (text: string): number =>
  wholeNumber(text, {
    what: 'a number of rows',
    hint: 'write --max-rejects 0 to import all rows or none, or a number such as 10',
    least: 0,
  })

/** Every option of the import commands; each kind of import takes those that concern it. */
export const OPTIONS = {
  map: list(
    '--map <header=field>',
    'read a column as a field (repeatable; #3 is the third column)',
  ),
  ignore: list('--ignore <header>', 'leave a column out (repeatable)'),
  default: list('--default <field=value>', 'the value for a field’s blank cells (repeatable)'),
  value: list(
    '--value <field:text=meaning>',
    'read a text in a column as another, such as "Stage:Angebot raus=Proposal" (repeatable)',
  ),
  sheet: option('--sheet <name>', 'the sheet of a workbook; default: the one most like a table'),
  headerRow: option('--header-row <row>', 'where the headers are, if detected wrongly', readCount),
  encoding: option(
    '--encoding <name>',
    'of a text file, such as windows-1251; detected by default',
  ),
  dateFormat: choice('--date-format <order>', 'how numeric dates are written', DATE_FORMATS),
  decimal: choice('--decimal <mark>', 'the decimal mark', DECIMALS),
  amountsIn: option(
    '--amounts-in <currency>',
    'the currency of all amounts, whatever the file says',
  ),
  account: option(
    '--account <bank-account>',
    'the account it is a statement of; by default the one that the file names, or the only one',
  ),
  process: option('--process <process>', 'the process of deals that do not name one'),
  won: option('--won <words>', 'more words that mean won: "Sold,Gewonnen"'),
  lost: option('--lost <words>', 'more words that mean lost'),
  create: option(
    '--create <what>',
    `add names that the book does not have: ${CREATABLE.join(',')} or all`,
  ),
  match: option('--match <keys>', `match clients only by these: ${MATCH_KEYS.join(',')}`),
  onDuplicate: choice(
    '--on-duplicate <what>',
    'what to do with records already in the book: fill blanks (the default), update, skip, ' +
      'or reject as an error',
    ON_DUPLICATE,
  ),
  dryRun: flag('--dry-run', 'show what would happen and write nothing'),
  includeErased: flag('--include-erased', 'also add clients that were erased from this book'),
  rejects: option(
    '--rejects <file>',
    'write rejected rows to this file, to correct and import again',
  ),
  maxRejects: option(
    '--max-rejects <count>',
    'import nothing if more rows than this are rejected',
    readLimit,
  ),
  profile: option(
    '--profile <name>',
    'read the columns as saved under this name (or in FILE.json); none: without a profile',
  ),
  saveProfile: option('--save-profile <name>', 'save how the columns were read, for next time'),
}

/** The values of the options; those that a kind does not take are undefined. */
export type ImportOptions = Values<typeof OPTIONS>

// What a profile keeps besides the columns.
const KEPT = [
  'default',
  'value',
  'encoding',
  'dateFormat',
  'decimal',
  'amountsIn',
  'process',
  'won',
  'lost',
  'create',
  'match',
  'onDuplicate',
] as const

/** Several texts as one, each of them a single line. */
export function joinLines(texts: readonly string[]): string {
  return texts.join('\n')
}

/** The options that a profile keeps, as texts. */
export function keptOptions(options: ImportOptions): Record<string, string> {
  const given = KEPT.map((key) => [key, options[key]] as const)
  return Object.fromEntries(
    given.flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === 'string' ? value : joinLines(value)]],
    ),
  )
}

/** What a profile keeps of values and what they stand for, as typed. */
export function keptValues(kept: Record<string, string> = {}): string[] {
  return Object.hasOwn(kept, 'value') ? (kept.value ?? '').split('\n') : []
}

/** The options given, and for the others what the profile keeps; values are kept apart, as both count. */
export function withKept(options: ImportOptions, kept: Record<string, string>): ImportOptions {
  const fromProfile = KEPT.flatMap((key) => {
    const text = Object.hasOwn(kept, key) ? kept[key] : undefined
    if (text === undefined || key === 'value' || options[key] !== undefined) return []
    return [[key, key === 'default' ? text.split('\n') : text]]
  })
  return { ...options, ...(Object.fromEntries(fromProfile) as Partial<ImportOptions>) }
}

function wordsIn(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** @throws Fault `usage` if a word is not one of those known. */
function chosen<T extends string>(text: string, known: readonly T[], flagName: string): T[] {
  return wordsIn(text.toLowerCase()).map((word) => {
    const found = known.find((one) => one === word)
    if (found) return found
    throw new Fault('usage', `${flagName} “${word}” is not known`, `use: ${known.join(',')}`)
  })
}

function creatable(text: string | undefined): ReadonlySet<Creatable> {
  if (text === undefined) return new Set()
  return new Set(text.trim() === 'all' ? CREATABLE : chosen(text, CREATABLE, '--create'))
}

function matchKeys(text: string | undefined): MatchKey[] | null {
  if (text === undefined) return null
  const keys = chosen(text, MATCH_KEYS, '--match')
  if (keys.length > 0) return keys
  throw new Fault('usage', '--match names nothing', `use some of: ${MATCH_KEYS.join(',')}`)
}

/** The words for won and lost. @throws Fault `usage` if a word is in both. */
function outcomeWords(won: string[], lost: string[]): ImportPlan['words'] {
  const both = won.find((word) => lost.some((other) => nameKey(other) === nameKey(word)))
  if (both === undefined) return { won, lost }
  throw new Fault('usage', `“${both}” is listed as won and as lost`, 'leave it out of one of them')
}

function oneOf<T extends string>(
  text: string | undefined,
  known: readonly T[],
  flagName: string,
): T | undefined {
  return text === undefined ? undefined : chosen(text, known, flagName)[0]
}

/** How days and numbers are said to be written. @throws Fault `usage` if one cannot be read. */
export function readFormats({
  dateFormat,
  decimal,
}: {
  dateFormat?: string | undefined
  decimal?: string | undefined
}): FormatWishes {
  return {
    dateFormat: oneOf(dateFormat, DATE_FORMATS, '--date-format'),
    decimal: DECIMALS.find((mark) => mark === decimal),
  }
}

/** A default's word for a field, and its value. @throws Fault `usage` if one is missing. */
function defaultParts(pair: string): [word: string, value: string] {
  const at = pair.indexOf('=')
  const value = pair.slice(at + 1).trim()
  if (at >= 1 && value !== '') return [pair.slice(0, at), value]
  throw new Fault('usage', `“${pair}” is not a default`, 'write it as --default field=value')
}

function defaultsOf(kind: ImportKind, pairs: readonly string[]): Map<string, string> {
  const defaults = new Map<string, string>()
  for (const pair of pairs) {
    const [word, value] = defaultParts(pair)
    const field = fieldNamed(kind, word)
    if (defaults.has(field)) {
      throw new Fault('usage', `there are two defaults for ${field}`, 'give one of them')
    }
    defaults.set(field, value)
  }
  return defaults
}

/** Are amounts said to be in the book's currency? @throws Fault `usage` if in another one. */
function isOwnCurrency(text: string | undefined, code: string): boolean {
  if (text === undefined) return false
  const { code: wanted } = parseCurrency(text)
  if (wanted === code) return true
  throw new Fault(
    'usage',
    `the book is in ${code}, and amounts in ${wanted} cannot be taken in yet`,
    `convert them first, or create a book for them: funnel init --book FILE --currency ${wanted}`,
  )
}

/**
 * What the options ask for.
 * @param currency the code of the book's.
 * @param values kept by the profile.
 * @throws Fault `usage` if one cannot be read.
 */
export function planOf(
  kind: ImportKind,
  source: { file: string; name: string },
  options: ImportOptions,
  currency: string,
  values: readonly string[] = [],
): ImportPlan {
  const wishes = { map: options.map ?? [], ignore: options.ignore ?? [] }
  const pairs = options.default ?? []
  const words = [...fieldWords(wishes), ...pairs.map((pair) => defaultParts(pair)[0])]
  return {
    kind,
    ...source,
    sheet: options.sheet,
    encoding: options.encoding,
    headerRow: options.headerRow,
    wishes,
    understood: understood(kind, words),
    formats: readFormats(options),
    defaults: defaultsOf(kind, pairs),
    values: { said: options.value ?? [], kept: values },
    create: creatable(options.create),
    match: matchKeys(options.match),
    onDuplicate: oneOf(options.onDuplicate, ON_DUPLICATE, '--on-duplicate') ?? 'fill',
    process: options.process,
    words: outcomeWords(wordsIn(options.won), wordsIn(options.lost)),
    maxRejects: options.maxRejects ?? null,
    includeErased: options.includeErased === true,
    isOwnCurrency: isOwnCurrency(options.amountsIn, currency),
  }
}

import { type CommandSpec, defineCommand, flag, option } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { nameChange, tidyName } from '../../domain/name.ts'
import { type Column, listReport, type Row } from '../../domain/table.ts'
import { addEntry, editEntry, listEntries, nothingToChange } from '../../records/dictionaries.ts'
import { type StillUsed, stillUsed } from '../../records/in-use.ts'
import { find } from '../../records/lookup.ts'
import { mergeEntries, type MergeNoun } from '../../records/merge-entries.ts'

/** The nouns whose commands are made here. */
type Noun = 'owner' | 'source' | 'reason' | 'stage'

/** What a dictionary has besides names. */
export interface DictionaryPlan {
  noun: Noun
  /** Its columns besides number, name and retirement. */
  columns: Column[]
  /** A name that its examples may use: in a new book, or added by the example of `add`. */
  known: string
  added: string
}

/** True to retire, false to restore, undefined to leave it. */
export function retiredOf(options: {
  retire?: boolean | undefined
  restore?: boolean | undefined
}): boolean | undefined {
  if (options.retire && options.restore) {
    throw new Fault('usage', '--retire and --restore cannot be used together')
  }
  return options.retire ? true : options.restore ? false : undefined
}

export const retireOptions = {
  retire: flag('--retire', 'stop offering it; records that use it keep it'),
  restore: flag('--restore', 'offer it again'),
}

const NUMBER: Column = { key: 'id', label: 'No.', type: 'count' }
const NAME: Column = { key: 'name', label: 'Name', type: 'text' }
const RETIRED: Column = { key: 'retired', label: 'Retired', type: 'flag' }

/**
 * `merge` of a dictionary.
 * @param known what its example merges: two entries.
 */
export function mergeCommand(noun: MergeNoun, known: [into: string, from: string]): CommandSpec {
  const more =
    noun === 'stage'
      ? ' In a process that has both, the first stays where it is; deals that moved from one to the ' +
        'other did not move.'
      : ''
  return defineCommand({
    description:
      `Everything that has the second then has the first, also in the past, and the second is gone.${more} ` +
      'Segments and saved reports that name it name the first from then on. funnel undo brings both back.',
    arguments: [
      { syntax: '<into>', help: `the ${noun} that stays: its number, or part of its name` },
      { syntax: '<from>', help: `the ${noun} that is merged into it` },
    ],
    options: {},
    examples: [`${noun} merge "${known[0]}" "${known[1]}"`],
    run: (context, [intoText = '', fromText = '']) =>
      context.change({}, async (db) => {
        const into = await find(db, noun, intoText)
        const from = await find(db, noun, fromText)
        const moved = await mergeEntries(db, noun, into, from)
        return {
          summary: `merged ${noun} ${from.id} (${from.name}) into ${noun} ${into.id} (${into.name}): ${moved}`,
          result: { [noun]: into.id, merged: from.id },
        }
      }),
  })
}

/** `list` and `show` of a dictionary. */
export function readingCommands(plan: DictionaryPlan): { list: CommandSpec; show: CommandSpec } {
  const { noun } = plan
  const columns = [NUMBER, NAME, ...plan.columns, RETIRED]
  const list = defineCommand({
    options: {},
    examples: [`${noun} list`],
    async run(context) {
      const { db, settings } = await context.book()
      const rows: Row[] = await listEntries(db, noun, settings.locale?.tag ?? null)
      await context.print(
        listReport(`${noun}s`, `All ${noun}s`, { key: `${noun}s`, columns, rows }),
      )
    },
  })
  const show = defineCommand({
    arguments: [{ syntax: `<${noun}>`, help: 'its number, or part of its name' }],
    options: {},
    examples: [`${noun} show "${plan.known}"`],
    async run(context, [text = '']) {
      const { db } = await context.book()
      const { id, name } = await find(db, noun, text)
      const rows: Row[] = (await listEntries(db, noun)).filter((row) => row.id === id)
      await context.print(listReport(noun, name, { key: `${noun}s`, columns, rows }))
    },
  })
  return { list, show }
}

/**
 * The commands of a dictionary that has only names.
 * @param plan `merged` is an entry that the example merges into the known one.
 */
export function nameDictionary(plan: DictionaryPlan & { noun: 'source'; merged: string }) {
  const { noun } = plan
  const add = defineCommand({
    arguments: [{ syntax: '<name>', help: 'its name' }],
    options: {},
    examples: [`${noun} add "${plan.added}"`],
    run: (context, [name = '']) =>
      context.change({}, async (db) => {
        const id = await addEntry(db, noun, name)
        return { summary: `added ${noun} ${id} (${tidyName(name)})`, result: { [noun]: id } }
      }),
  })
  const edit = defineCommand({
    arguments: [{ syntax: `<${noun}>`, help: 'its number, or part of its name' }],
    options: { name: option('--name <name>', 'the new name'), ...retireOptions },
    examples: [`${noun} edit "${plan.known}" --name "another name"`],
    run: (context, [text = ''], { name, ...options }) =>
      editNamed(context, noun, text, { name, retired: retiredOf(options) }),
  })
  const merge = mergeCommand(noun, [plan.known, plan.merged])
  return { ...readingCommands(plan), add, edit, merge }
}

/** How many open records use what is retired, for programs: `{deals: 3, tasks: 0}`. */
export function countsOf(used: readonly StillUsed[]): Record<string, number> {
  return Object.fromEntries(used.map(({ what, count }) => [what, count]))
}

/** What is said if open records use what is retired; undefined if none do. */
export function warnings(
  name: string,
  used: readonly { count: number; text: string }[],
): string | undefined {
  const some = used.filter(({ count }) => count > 0)
  if (some.length === 0) return undefined
  return some.map(({ text }) => `warning: ${name} still has ${text}`).join('\n')
}

/** Changes one entry, as one operation; what is undefined stays as it is. */
export function editNamed(
  context: Parameters<CommandSpec['run']>[0],
  noun: Noun,
  text: string,
  values: { name: string | undefined } & Record<string, unknown>,
): Promise<unknown> {
  return context.change({}, async (db) => {
    const entry = await find(db, noun, text)
    const changes = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== undefined),
    )
    if (Object.keys(changes).length === 0) throw nothingToChange(noun)
    await editEntry(db, noun, entry.id, changes)
    const said = nameChange(entry.name, values.name)
    const used =
      changes.retired === true && (noun === 'owner' || noun === 'source')
        ? await stillUsed(db, noun, { id: entry.id, name: values.name ?? entry.name })
        : undefined
    return {
      summary: `changed ${noun} ${entry.id} (${said})`,
      result: { [noun]: entry.id, ...(used && { in_use: countsOf(used) }) },
      next: used && warnings(values.name ?? entry.name, used),
    }
  })
}

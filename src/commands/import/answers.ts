import { authorOf } from '../../cli/author.ts'
import type { Context } from '../../cli/context.ts'
import type { Doubt } from '../../import/evidence.ts'
import { type Profile, readingsOf, toProfile } from '../../import/map/profile.ts'
import { type Proposal, describeTarget } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Prepared } from '../../import/prepare.ts'
import { keepAnswers } from '../../import/profiles.ts'
import { vocabularyOf } from '../../import/value-map/vocabulary.ts'
import {
  readValueWishes,
  type ValueMapping,
  writeValueWish,
} from '../../import/value-map/wishes.ts'
import { joinLines } from './options.ts'
import { confirmColumns, askDoubt } from './confirm.ts'

function isSame(one: readonly Proposal[], other: readonly Proposal[]): boolean {
  const texts = (columns: readonly Proposal[]): string =>
    JSON.stringify(columns.map(({ target }) => describeTarget(target)))
  return texts(one) === texts(other)
}

/** What a person at the terminal answers about a file, and what was answered about similar files before. */
export class Answers {
  columns: Proposal[]
  /** How to read a column that can be read in two ways, by its index. */
  readings: Map<number, string>
  /** What values of columns stand for. */
  mappings: ValueMapping[] = []
  private readonly asked: ValueMapping[] = []
  private readonly context: Context
  private readonly plan: ImportPlan
  private readonly prepared: Prepared
  private readonly base: Profile | undefined
  private isNew = false

  /** @param base the profile that the proposal came from. */
  constructor(context: Context, plan: ImportPlan, prepared: Prepared, base: Profile | undefined) {
    this.context = context
    this.plan = plan
    this.prepared = prepared
    this.base = base
    this.columns = prepared.columns
    this.readings = base ? readingsOf(base, prepared.columns) : new Map()
  }

  /** Asks the person to agree to the columns. */
  async askColumns(): Promise<void> {
    await confirmColumns(this.context, this.plan, this.prepared, (columns) => {
      this.columns = columns
    })
  }

  /**
   * Reads what the options and the profile say that values stand for.
   * @throws Fault `usage` if they say it of no column, or it is not known.
   */
  async readValues(): Promise<void> {
    const { kind, values } = this.plan
    const { store } = await this.context.book()
    this.mappings = readValueWishes(kind, this.columns, values, (target) =>
      vocabularyOf(store, this.plan, target),
    )
  }

  private add(mapping: ValueMapping): void {
    this.mappings.push(mapping)
    this.asked.push(mapping)
    this.isNew = true
  }

  /** What the person has said about words of columns. */
  addWords(words: readonly { column: Proposal; from: string; to: string }[]): void {
    for (const { column, from, to } of words) {
      this.add({ index: column.index, header: column.header, from, to, isSaid: true })
    }
  }

  /** The same about names, in every column that is read as a field. Returns whether there are any. */
  addMeanings(field: string, meanings: readonly { from: string; to: string }[]): boolean {
    const columns = this.columns.filter(
      ({ target }) => target.to === 'field' && target.field === field,
    )
    this.addWords(columns.flatMap((column) => meanings.map((one) => ({ column, ...one }))))
    return meanings.length > 0
  }

  /** What values stand for, as it is typed, for a profile. */
  values(): string[] {
    const { kept, said } = this.plan.values
    return [...new Set([...kept, ...said, ...this.asked.map(writeValueWish)])]
  }

  /** What was answered about a column before; undefined if nothing fits. */
  known({ index, choices }: Doubt): string | undefined {
    const earlier = this.readings.get(index)
    return choices.find((choice) => choice === earlier)
  }

  async askDoubt(doubt: Doubt): Promise<string> {
    const reading = await askDoubt(this.context, doubt)
    this.readings.set(doubt.index, reading)
    this.isNew = true
    return reading
  }

  /** Keeps the person's answers, in an operation of its own, for the next file like it. */
  async keep(): Promise<void> {
    if (!this.isNew && isSame(this.columns, this.prepared.columns)) return
    const { kind, name } = this.plan
    const book = await this.context.book()
    const { today, recordedAt } = await this.context.moment()
    const called = `last answers for ${name} (${kind})`
    const { operate } = await import('../../book/store/operate.ts')
    const author = authorOf(this.context.io)
    const info = { command: this.context.commandLine, at: recordedAt, author }
    await operate(book, info, async (db) => {
      const values = this.values()
      const options = {
        ...this.base?.options,
        ...(values.length > 0 && { value: joinLines(values) }),
      }
      const profile = toProfile(called, kind, this.columns, options, this.readings)
      await keepAnswers(db, { ...profile, answered: today })
      return { summary: `kept how the columns of ${name} are read` }
    })
    this.context.say(`The columns are kept as you answered (profile “${called}”).`)
  }
}

import { parseMoney } from '../domain/amount.ts'
import type { Day, Toward } from '../domain/day.ts'
import type { Money } from '../domain/money.ts'
import type { Share } from '../domain/share.ts'
import { type Period, parsePeriod } from '../domain/period.ts'
import { perField, type TextFields, wordFor } from '../domain/text-fields.ts'
import { wholeNumber } from '../domain/whole-number.ts'
import { type OptionSpec, option } from './command.ts'
import type { Context } from './context.ts'
import { typedDay, typedMoment, type TypedMoment } from './typed-day.ts'

/** `none` clears a value; anything else is read. */
const NONE = 'none'

async function readMoment(text: string, context: Context, toward: Toward): Promise<TypedMoment> {
  const { settings } = await context.book()
  return typedMoment(text, await context.today(), toward, settings.locale)
}

async function readDay(text: string, context: Context, toward: Toward): Promise<Day> {
  const { settings } = await context.book()
  return typedDay(text, await context.today(), toward, settings.locale)
}

/** A day that is past: `2026-11-23`, `yesterday`, `-3d`, `friday`, `1 Dec`. */
export function pastDayOption(flags: string, help: string): OptionSpec<Day> {
  return option(flags, help, (text, context) => readDay(text, context, 'past'))
}

/** A day to come: `friday`, `in 2 weeks`, `+3d`, `1 Dec`. */
export function dueOption(flags: string, help: string): OptionSpec<Day> {
  return option(flags, help, (text, context) => readDay(text, context, 'future'))
}

/** A day to come, with or without a time of day: `friday 14:30`. */
export function dueMomentOption(flags: string, help: string): OptionSpec<TypedMoment> {
  return option(flags, help, (text, context) => readMoment(text, context, 'future'))
}

/** The day on which something happened, with or without its time of day. */
export const onMomentOption = option(
  '--on <day>',
  'when it happened, if not today',
  (text, context) => readMoment(text, context, 'past'),
)

/** The day on which something happened that is only entered later. */
export const onOption = pastDayOption('--on <day>', 'the day it happened, if not today')

/** The day on which a deal was opened. */
export const openedOption = pastDayOption('--opened <day>', 'the day it was opened')

/** A chance to win, typed as `70%`: 0…1. */
export function chanceOption(flags: string, help: string): OptionSpec<Share> {
  return option(flags, help, async (text) => {
    const { parseChance } = await import('../domain/chance/typed.ts')
    return parseChance(text)
  })
}

/** An amount in the book's currency. */
export function moneyOption(flags: string, help: string): OptionSpec<Money> {
  return option(flags, help, async (text, context) => {
    return parseMoney(text, (await context.book()).settings.currency)
  })
}

/** The same option, with `none` for unknown. @param cleared what it is then. */
export function clearable<T>(spec: OptionSpec<T>, cleared?: string): OptionSpec<T | null> {
  return {
    ...spec,
    help: `${spec.help} (${NONE}${cleared === undefined ? ' clears it' : `: ${cleared}`})`,
    read: (text, context) =>
      text.trim().toLowerCase() === NONE ? null : (spec.read?.(text, context) ?? null),
  }
}

/** An option for each of the texts of a record: `--region <text>`. */
export function textOptions<N extends string>(
  fields: TextFields<N>,
): Record<N, OptionSpec<string | null>> {
  return perField(fields, (name, field) =>
    clearable(option(`--${wordFor(name)} <text>`, field.option)),
  )
}

/** A period of days: `2026-Q3`, `last-month`. */
export function periodOption(help: string): OptionSpec<Period> {
  return option('--period <period>', help, async (text, context) => {
    const { settings } = await context.book()
    return parsePeriod(text, await context.asOf(), settings.firstWeekday)
  })
}

/** A whole number from 1 on, as options read it. @throws Fault `usage` for anything else. */
export const readCount = (text: string): number => wholeNumber(text)

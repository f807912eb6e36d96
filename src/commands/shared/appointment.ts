import { option, type OptionSpec } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { type TypedMoment, typedTime } from '../../cli/typed-day.ts'
import type { Day, Toward } from '../../domain/day.ts'
import { parseDuration } from '../../domain/duration.ts'
import { Fault } from '../../domain/fault.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { requireShown } from '../../domain/zone-time.ts'

/** A time of day, and its day if the person gave one with it. */
interface TypedTime {
  day: Day | null
  time: TimeOfDay
}

/** A time of day, alone or with its day. @param toward where a day without a year or week lies. */
export function atOption(toward: Toward): OptionSpec<TypedTime> {
  const help = 'the time of day: 14:30, 2pm, "2026-12-01 14:30"'
  return option('--at <time>', help, async (text, context) => {
    const { settings } = await context.book()
    return typedTime(text, await context.today(), toward, settings.locale)
  })
}

/** How long something took or will take, in minutes. */
export const lengthOption = option('--length <time>', 'how long: 1h, 1h30, 90m', parseDuration)

/** When something was or will be. */
export interface When {
  /** Undefined if no day was given. */
  day: Day | undefined
  /** Null if no time was given. */
  time: TimeOfDay | null
}

/**
 * Checks that clocks in the book's zone show a time, and says so if they show it twice.
 * @throws Fault `usage` if they never do.
 */
export async function requireClock(context: Context, day: Day, time: TimeOfDay): Promise<void> {
  const { settings } = await context.book()
  const remark = requireShown({ day, time }, settings.timezone)
  if (remark !== null) context.say(remark)
}

/**
 * The day and time that two options give together: `--on yesterday --at 14:30`.
 * @param on what the option of the day gave. @param flag that option, for messages.
 * @throws Fault `usage` if they contradict one another, or if there is no such time.
 */
export async function whenOf(
  context: Context,
  on: TypedMoment | undefined,
  at: TypedTime | undefined,
  flag: string,
): Promise<When> {
  const isOther = on !== undefined && at?.day != null && at.day !== on.day
  if (isOther || (on?.time != null && at && at.time !== on.time)) {
    throw new Fault('usage', `${flag} and --at say two things`, 'give day and time once')
  }
  const time = at?.time ?? on?.time ?? null
  const day = on?.day ?? at?.day ?? undefined
  if (time !== null) await requireClock(context, day ?? (await context.today()), time)
  return { day, time }
}

/** A day with its time as people read it: `2026-11-27 14:30`. */
export function momentText(day: Day, time: TimeOfDay | null): string {
  return time === null ? day : `${day} ${time}`
}

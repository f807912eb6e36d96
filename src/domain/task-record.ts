import type { Day } from './day.ts'
import type { TimeOfDay } from './time-of-day.ts'

/** What a calendar calls a task: the component's name in RFC 5545, 3.6.2. */
export const CALENDAR_TASK = 'VTODO' // iCalendar's own word for a task

/** A task, with names instead of numbers; null is unknown. */
export interface TaskRecord {
  id: number
  text: string
  due: Day | null
  /** The time of that day, and how many minutes it takes. */
  time: TimeOfDay | null
  minutes: number | null
  status: 'open' | 'done' | 'dropped'
  owner: string | null
  client: string | null
  clientRef: string | null
  deal: string | null
  dealRef: string | null
  stage: string | null
  closed: Day | null
  result: string | null
  repeat: string | null
  /** The day that repetitions are counted from. */
  repeatFrom: Day | null
  /** Was it created by the loss of its deal? */
  followUp: boolean
  added: Day
}

/** What a calendar has no property for; each is one of our own, named after the column of a list of tasks. */
export const CALENDAR_FIELDS = [
  'owner',
  'client',
  'client-ref',
  'deal',
  'deal-ref',
  'stage',
  'closed',
  'result',
  'repeat',
  'added',
  'repeat-from',
  'follow-up',
  'minutes',
] as const

/** `X-FUNNEL-CLIENT-REF` for `client-ref`. */
export function calendarProperty(field: (typeof CALENDAR_FIELDS)[number]): string {
  return `X-FUNNEL-${field.toUpperCase()}`
}

/** The description of a task for programs that do not know our own properties. */
export function aboutTask({
  client,
  deal,
  owner,
  result,
}: Pick<TaskRecord, 'client' | 'deal' | 'owner' | 'result'>): string {
  return [client, deal, owner, result].filter((part) => part !== null).join('\n')
}

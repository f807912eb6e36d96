import { type Day, weekStart } from '../../domain/day.ts'
import type { Contacts } from './load.ts'

/** Interactions by kind. */
export interface KindCounts {
  calls: number
  emails: number
  meetings: number
  /** SMS and messages. */
  messages: number
  mailings: number
  /** Calls, e-mails, meetings and messages: mailings go to many at once. */
  touches: number
}

const KINDS = {
  call: 'calls',
  email: 'emails',
  meeting: 'meetings',
  sms: 'messages',
  message: 'messages',
  mailing: 'mailings',
} as const

/** Counts interactions by kind. */
export function kindCounts(contacts: readonly Contacts[]): KindCounts {
  const counts: KindCounts = {
    calls: 0,
    emails: 0,
    meetings: 0,
    messages: 0,
    mailings: 0,
    touches: 0,
  }
  for (const { kind, count } of contacts) {
    counts[KINDS[kind]] += count
    if (kind !== 'mailing') counts.touches += count
  }
  return counts
}

/** Interactions of one week and owner. */
export interface OwnerWeek {
  week: Day
  ownerId: number | null
  contacts: Contacts[]
}

/** Interactions grouped by week and owner, earliest first. */
export function byWeek(contacts: readonly Contacts[], firstWeekday: number): OwnerWeek[] {
  const weeks = new Map<Day, Day>()
  const found = new Map<string, OwnerWeek>()
  for (const contact of contacts) {
    const { at, ownerId } = contact
    const week = weeks.get(at) ?? weekStart(at, firstWeekday)
    weeks.set(at, week)
    const key = `${week} ${ownerId}`
    const own = found.get(key)
    if (own) own.contacts.push(contact)
    else found.set(key, { week, ownerId, contacts: [contact] })
  }
  return [...found.values()].toSorted((a, b) => (a.week < b.week ? -1 : a.week > b.week ? 1 : 0))
}

import { type Day, daysBetween, weekdayName } from '../domain/day.ts'
import { counted } from '../domain/text.ts'
import type { Column, Report, Row } from '../domain/table.ts'
import type { Agenda } from './agenda/index.ts'
import { type Cause, CAUSES, type Item, MOST_COUNTED } from './agenda/item.ts'

const COLUMNS: Column[] = [
  { key: 'late', label: 'Late', type: 'days' },
  { key: 'when', label: 'When', type: 'text', hidden: true },
  { key: 'by', label: 'Day', type: 'day', hidden: true },
  { key: 'time', label: 'Time', type: 'text', none: '' },
  { key: 'what', label: 'What', type: 'text', wrap: true },
  { key: 'command', label: 'Do', type: 'text', whole: true, under: true },
  { key: 'owner', label: 'Owner', type: 'text' },
  { key: 'cause', label: 'Cause', type: 'text', hidden: true },
  { key: 'text', label: 'Text', type: 'text', hidden: true },
  { key: 'client', label: 'Client', type: 'text', hidden: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'deal', label: 'Deal', type: 'text', hidden: true },
  { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
  { key: 'task', label: 'Task no.', type: 'count', hidden: true },
  { key: 'minutes', label: 'Minutes', type: 'count', hidden: true },
]

const NAMES: Record<Cause, string> = {
  overdue: 'overdue',
  due: 'due today',
  owed: 'not paid in time',
  offered: 'waiting for an answer',
  expected: 'past the expected close',
  stuck: 'over the stage’s limit',
  silent: 'not contacted in time',
  unplanned: 'without a dated next step',
  coming: 'coming',
}

/**
 * A task is shown by its text, `Harbour Foods: Send the proposal (Cold store)`; a deal by its title,
 * which comes first as a narrow screen cuts off the end: `Harbour Foods, Cold store: in Decision …`.
 */
export function describeItem({
  client,
  text,
  deal,
  task,
}: Pick<Item, 'client' | 'text' | 'deal' | 'task'>): string {
  if (task === null && client !== null && deal !== null) return `${client}, ${deal}: ${text}`
  return `${client === null ? '' : `${client}: `}${text}${deal === null ? '' : ` (${deal})`}`
}

/**
 * As many items as there is room for: every cause gets its share, and what is left over goes to the
 * more urgent. 10 overdue and 4 stuck in 8 lines are 4 and 4; in 12 they are 8 and 4.
 */
export function fitItems(items: readonly Item[], room: number): Item[] {
  if (items.length <= room) return [...items]
  const groups = CAUSES.map((cause) => items.filter((item) => item.cause === cause)).filter(
    (group) => group.length > 0,
  )
  const share = Math.floor(room / groups.length)
  const shareOf = (group: Item[]): number => Math.min(share, group.length)
  let left = room - groups.reduce((sum, group) => sum + shareOf(group), 0)
  return groups.flatMap((group) => {
    const size = shareOf(group)
    const more = Math.min(left, group.length - size)
    left -= more
    return group.slice(0, size + more)
  })
}

/** What is asked of the list: up to which day, whose, for which clients, and how many lines. */
interface TodayWish {
  today: Day
  until: Day
  owner: string | null
  texts: readonly string[]
  room: number
  /** Were all deals without a next step counted? */
  countsAll: boolean
}

/** When something is due, as a person says it: `12 days late`, `today`, `Friday`. */
function whenOf(by: Day | null, today: Day): string {
  if (by === null) return 'no day set'
  if (by < today) return `${counted(daysBetween(by, today), 'day')} late`
  return by === today ? 'today' : weekdayName(by)
}

/** Days late on a screen for today; for a week, the day itself, as most of it is still to come. */
function columnsOf(isWeek: boolean, hasOwners: boolean, hasTimes: boolean): Column[] {
  const hidden = { time: !hasTimes, late: isWeek, when: !isWeek, by: !isWeek, owner: !hasOwners }
  return COLUMNS.map((column) => ({
    ...column,
    hidden: hidden[column.key as keyof typeof hidden] ?? column.hidden,
  }))
}

/** The list of what needs doing, as one screen. */
export function todayReport(
  { items, counts: all }: Agenda,
  { today, until, owner, texts, room, countsAll }: TodayWish,
): Report {
  const isOver = !countsAll && all.unplanned > MOST_COUNTED
  const over = isOver ? 'over ' : ''
  const counts = isOver ? { ...all, unplanned: MOST_COUNTED } : all
  const shown = fitItems(items, room)
  const total = CAUSES.reduce((sum, cause) => sum + counts[cause], 0)
  const rows = shown.map((item): Row => ({
    late: item.by === null ? null : daysBetween(item.by, today),
    when: whenOf(item.by, today),
    time: item.time ?? null,
    minutes: item.minutes ?? null,
    what: describeItem(item),
    command: `funnel ${item.command}`,
    owner: item.owner,
    cause: item.cause,
    by: item.by,
    text: item.text,
    client: item.client,
    client_id: item.clientId,
    deal: item.deal,
    deal_id: item.dealId,
    task: item.task,
  }))
  const hasOwners = owner === null && rows.some((row) => row.owner !== null)
  const said = CAUSES.filter((cause) => counts[cause] > 0).map(
    (cause) => `${cause === 'unplanned' ? over : ''}${counts[cause]} ${NAMES[cause]}`,
  )
  const left = total - shown.length
  return {
    name: 'today',
    title: until > today ? `Today, ${today}, and up to ${until}` : `Today, ${today}`,
    subtitle: [
      [
        ...(owner === null ? [] : [`owner: ${owner}`]),
        ...(texts.length === 0 ? [] : [`where: ${texts.join(', ')}`]),
        ...said,
      ].join(' · '),
    ].filter(Boolean),
    currency: null,
    head: { as_of: today, until, owner },
    sections: [
      {
        key: 'items',
        columns: columnsOf(
          until > today,
          hasOwners,
          rows.some((row) => row.time !== null),
        ),
        rows,
      },
    ],
    totals: { ...counts, items: total },
    totalColumns: [...CAUSES, 'items'].map((key) => ({ key, label: key, type: 'count' })),
    notes: left > 0 ? [`${over}${left} more: funnel today --limit ${total}`] : [],
    charts: [],
    empty: until > today ? 'Nothing needs doing this week.' : 'Nothing needs doing today.',
  }
}

// What reports must say, by plain counting over what happened: no SQL, and none of their code.
import type { LivedClient, LivedDeal } from '../support/lives.ts'

/** What the reference says of one deal on a day. */
export interface State extends LivedDeal {
  status: 'open' | 'won' | 'lost'
  stage: number | null
  since: string
  sinceKnown: boolean
  opened: string
  openedKnown: boolean
  closed: string | null
  furthest: number
  amount: number
  profit: number
  owner: number | null
  reason: number | null
}

/** Plays a deal's events one by one up to a day. Undefined where it was not open yet. */
function stateOn(deal: LivedDeal, on: string): State | undefined {
  let state: State | undefined
  for (const event of deal.events) {
    if (event.at > on) continue
    if (event.kind === 'opened') {
      state = {
        ...deal,
        status: 'open',
        stage: event.stageId,
        since: event.at,
        sinceKnown: event.dayKnown !== false,
        opened: event.at,
        openedKnown: event.dayKnown !== false,
        closed: null,
        furthest: event.stageId === null ? -1 : deal.stages.indexOf(event.stageId),
        amount: 0,
        profit: 0,
        owner: null,
        reason: null,
      }
    }
    if (!state) continue
    if (event.kind === 'opened' || event.kind === 'amended') {
      const { amount, cost, ownerId } = event.terms
      state.amount = amount ?? 0
      state.profit = amount === null ? 0 : amount - (cost ?? 0)
      state.owner = ownerId
    }
    if (event.kind === 'moved') {
      state.stage = event.stageId
      state.since = event.at
      state.sinceKnown = true
      state.furthest = Math.max(state.furthest, deal.stages.indexOf(event.stageId))
    }
    if (event.kind === 'won' || event.kind === 'lost') {
      state.status = event.kind
      state.closed = event.at
      state.reason = event.kind === 'lost' ? event.reasonId : null
    }
    if (event.kind === 'reopened') {
      state.status = 'open'
      state.since = event.at
      state.sinceKnown = true
      state.closed = null
      state.reason = null
    }
  }
  return state
}

/** How all deals stood at the end of a day. */
export function statesOn(deals: readonly LivedDeal[], on: string): State[] {
  return deals.flatMap((deal) => stateOn(deal, on) ?? [])
}

export type Span = { from: string; to: string }

const within = (day: string | null, { from, to }: Span): boolean =>
  day !== null && day >= from && day <= to

export const closedIn = (states: readonly State[], span: Span): State[] =>
  states.filter(({ closed }) => within(closed, span))

export const openedIn = (states: readonly State[], span: Span): State[] =>
  states.filter(({ opened, openedKnown }) => openedKnown && within(opened, span))

const sum = (states: readonly State[], key: 'amount' | 'profit'): number =>
  states.reduce((total, state) => total + state[key], 0)

const clients = (states: readonly State[]): number =>
  new Set(states.map(({ clientId }) => clientId)).size

const part = (cases: number, of: number): number | null => (of === 0 ? null : cases / of)

/** The closed funnel: for each stage, who got there and who got further. */
export function referenceClosed(closed: readonly State[], stages: number) {
  const staged = closed.filter((deal) => deal.stages.length > 0)
  const won = closed.filter(({ status }) => status === 'won')
  const got = (index: number): State[] =>
    staged.filter(({ status, furthest }) => status === 'won' || furthest >= index)
  const first = got(0)
  return {
    rows: Array.from({ length: stages }, (_, index) => {
      const [reached, passed] = [
        got(index),
        index + 1 < stages ? got(index + 1) : staged.filter(({ status }) => status === 'won'),
      ]
      return {
        reached: reached.length,
        passed: passed.length,
        lost: reached.length - passed.length,
        step: part(passed.length, reached.length),
        overall: part(reached.length, first.length),
        amount_reached: sum(reached, 'amount'),
        amount_passed: sum(passed, 'amount'),
        amount_lost: sum(reached, 'amount') - sum(passed, 'amount'),
        profit_reached: sum(reached, 'profit'),
        profit_passed: sum(passed, 'profit'),
        clients_reached: clients(reached),
        clients_passed: clients(passed),
      }
    }),
    totals: {
      deals: closed.length,
      won: won.length,
      lost: closed.length - won.length,
      win_rate: part(won.length, closed.length),
      amount_won: sum(won, 'amount'),
      amount_lost: sum(closed, 'amount') - sum(won, 'amount'),
      profit_won: sum(won, 'profit'),
    },
  }
}

const days = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return null
  const middle = sorted.length / 2
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] ?? null
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** What a process says of a stage. */
export interface Template {
  probability: number | null
  limitDays: number | null
}

/** The open funnel. */
export function referenceOpen(
  states: readonly State[],
  stages: readonly number[],
  asOf: string,
  template: (process: number, stage: number) => Template | undefined,
) {
  return stages.map((stage) => {
    const here = states.filter((state) => state.status === 'open' && state.stage === stage)
    const facts = here.map((deal) => ({ deal, ...template(deal.process, stage) }))
    const known = facts.filter(({ probability }) => typeof probability === 'number')
    const weighted = known.reduce(
      (total, { deal, probability }) => total + deal.amount * (probability ?? 0),
      0,
    )
    return {
      deals: here.length,
      clients: clients(here),
      amount: sum(here, 'amount'),
      profit: sum(here, 'profit'),
      weighted: here.length > 0 && known.length === 0 ? null : Math.round(weighted),
      median_days: median(
        here.filter(({ sinceKnown }) => sinceKnown).map(({ since }) => days(since, asOf)),
      ),
      overdue: facts.filter(
        ({ deal, limitDays }) =>
          typeof limitDays === 'number' && days(deal.since, asOf) > limitDays,
      ).length,
    }
  })
}

/** The cohort funnel of deals opened in a period. */
export function referenceCohort(opened: readonly State[], stages: number) {
  const staged = opened.filter((deal) => deal.stages.length > 0)
  const beyond = ({ status, furthest }: State, index: number): boolean =>
    status === 'won' || furthest > index
  return {
    rows: Array.from({ length: stages }, (_, index) => {
      const reached = staged.filter((deal) => beyond(deal, index - 1))
      const passed = reached.filter((deal) => beyond(deal, index))
      const rest = reached.filter((deal) => !beyond(deal, index))
      const open = rest.filter(({ status }) => status === 'open')
      return {
        reached: reached.length,
        passed: passed.length,
        lost: rest.filter(({ status }) => status === 'lost').length,
        open: open.length,
        at_least: part(passed.length, reached.length),
        at_most: part(passed.length + open.length, reached.length),
        amount_reached: sum(reached, 'amount'),
        amount_open: sum(open, 'amount'),
      }
    }),
    totals: {
      deals: opened.length,
      won: opened.filter(({ status }) => status === 'won').length,
      lost: opened.filter(({ status }) => status === 'lost').length,
      open: opened.filter(({ status }) => status === 'open').length,
      amount: sum(opened, 'amount'),
    },
  }
}

/** Lost deals by reason, and by stage and reason; keyed by numbers of both. */
export function referenceLosses(closed: readonly State[]) {
  const lost = closed.filter(({ status }) => status === 'lost')
  const rows = new Map<number | null, { deals: number; amount: number; share: number }>()
  const byStage = new Map<string, { deals: number; amount: number }>()
  for (const deal of lost) {
    const row = rows.get(deal.reason) ?? { deals: 0, amount: 0, share: 0 }
    row.deals += 1
    row.amount += deal.amount
    rows.set(deal.reason, row)
    const key = `${deal.stages[deal.furthest] ?? 'none'}:${deal.reason}`
    const cell = byStage.get(key) ?? { deals: 0, amount: 0 }
    cell.deals += 1
    cell.amount += deal.amount
    byStage.set(key, cell)
  }
  for (const row of rows.values()) row.share = row.deals / lost.length
  return { rows, byStage, deals: lost.length, amount: sum(lost, 'amount') }
}

/** What came of each source. */
export function referenceSources(
  states: readonly State[],
  all: readonly LivedClient[],
  span: Span,
  asOf: string,
) {
  const last = span.to < asOf ? span.to : asOf
  const closed = closedIn(states, span)
  const figures = (of: (source: number | null) => boolean) => {
    const own = closed.filter(({ source }) => of(source))
    const won = own.filter(({ status }) => status === 'won')
    return {
      leads: all.filter(({ source, added }) => of(source) && added >= span.from && added <= last)
        .length,
      opened: openedIn(states, span).filter(({ source }) => of(source)).length,
      won: won.length,
      lost: own.length - won.length,
      win_rate: part(won.length, own.length),
      amount_won: sum(won, 'amount'),
      profit_won: sum(won, 'profit'),
    }
  }
  const sources = [
    ...new Set([...all.map(({ source }) => source), ...states.map((one) => one.source)]),
  ]
  return {
    rows: new Map(sources.map((source) => [source, figures((one) => one === source)])),
    totals: figures(() => true),
  }
}

/** The groups that a deal is in. */
export function groupsOf(state: State, by: string, day: string | null): string[] {
  switch (by) {
    case 'owner':
      return [state.owner === null ? '' : (['Ann', 'Bo'][state.owner - 1] ?? '')]
    case 'process':
      return [['typical', 'free', 'plain'][state.process - 1] ?? '']
    case 'region':
      return [state.client.region?.toLowerCase() ?? '']
    case 'category':
      return state.client.categories.length > 0 ? state.client.categories : ['']
    case 'month':
      return [(day ?? '').slice(0, 7)]
    case 'quarter':
      if (day === null) return ['']
      return [
        `${(day ?? '').slice(0, 4)}-Q${Math.floor((Number((day ?? '').slice(5, 7)) - 1) / 3) + 1}`,
      ]
    default:
      return ['']
  }
}

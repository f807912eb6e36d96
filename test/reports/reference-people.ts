// The reports on owners, bottlenecks, velocity and activity by plain loops over events, without a
// line of the reports' own code. Days are counted one by one.

/** An event as it stands in the book. */
export interface RefEvent {
  id: number
  kind: 'opened' | 'moved' | 'won' | 'lost' | 'reopened' | 'amended'
  at: string
  day_known: 0 | 1
  stage_id: number | null
  amount: number | null
  cost: number | null
  owner_id: number | null
}

/** A deal with its events in the order of day, then number. */
export interface RefDeal {
  id: number
  client_id: number
  process_id: number
  outcome_only: number
  stages: number[]
  events: RefEvent[]
}

export interface RefContact {
  client_id: number
  deal_id: number | null
  owner_id: number | null
  kind: string
  direction: string | null
  at: string
  id: number
}

export interface RefTask {
  owner_id: number | null
  status: string
  due: string | null
  added_on: string
  closed_on: string | null
}

/** What is asked: the day of the report, and the period's ends. */
export interface RefAsk {
  asOf: string
  from: string
  to: string
}

const MS = 86_400_000

function daysFrom(a: string, b: string): number {
  return Math.round((Date.parse(b) - Date.parse(a)) / MS)
}

interface State {
  deal: RefDeal
  status: 'open' | 'won' | 'lost'
  opened: string
  /** Does anybody know that day? */
  known: boolean
  closed: string | null
  furthest: number
  owner: number | null
  amount: number | null
  cost: number | null
}

function stateOn(deal: RefDeal, day: string): State | null {
  let state: State | null = null
  for (const event of deal.events) {
    if (event.at > day) break
    if (event.kind === 'opened') {
      state = {
        deal,
        status: 'open',
        opened: event.at,
        known: event.day_known === 1,
        closed: null,
        furthest: deal.stages.indexOf(event.stage_id ?? -1),
        owner: event.owner_id,
        amount: event.amount,
        cost: event.cost,
      }
    } else if (state && event.kind === 'moved') {
      state.furthest = Math.max(state.furthest, deal.stages.indexOf(event.stage_id ?? -1))
    } else if (state && event.kind === 'amended') {
      state.owner = event.owner_id
      state.amount = event.amount
      state.cost = event.cost
    } else if (state && event.kind === 'reopened') {
      state.status = 'open'
      state.closed = null
    } else if (state && (event.kind === 'won' || event.kind === 'lost')) {
      state.status = event.kind
      state.closed = event.at
    }
  }
  return state
}

function statesOn(deals: RefDeal[], day: string): State[] {
  return deals.flatMap((deal) => stateOn(deal, day) ?? [])
}

function closedIn(states: State[], from: string, to: string): State[] {
  return states.filter(({ closed }) => closed !== null && closed >= from && closed <= to)
}

interface Case {
  from: number
  to: number
  end: 'event' | 'other' | 'censored'
}

/** Kaplan and Meier, age by age: who is at risk, who ends. */
function paceByLoops(cases: Case[], share: number): number | null {
  let under = 1
  let done = 0
  const reached: { age: number; done: number }[] = []
  for (let age = 0; age <= 500; age += 1) {
    let risk = 0
    let events = 0
    let others = 0
    for (const { from, to, end } of cases) {
      if (from > age || to < age) continue
      risk += 1
      if (to === age && end === 'event') events += 1
      if (to === age && end === 'other') others += 1
    }
    if (events + others === 0) continue
    done += (under * events) / risk
    under -= (under * (events + others)) / risk
    reached.push({ age, done })
  }
  if (done === 0) return null
  const all = done / (1 - under)
  return reached.find((one) => one.done > share * all - 1e-9)?.age ?? null
}

function winCases(states: State[], { asOf, from, to }: RefAsk): Case[] {
  const end = to < asOf ? to : asOf
  const cases: Case[] = []
  if (from > end) return cases
  for (const { known, opened, closed, status } of states) {
    if (!known || opened > end || (closed !== null && closed < from)) continue
    const over = closed !== null && closed <= end
    cases.push({
      from: Math.max(0, daysFrom(opened, from)),
      to: daysFrom(opened, over ? closed : end),
      end: !over ? 'censored' : status === 'won' ? 'event' : 'other',
    })
  }
  return cases
}

function touchesOf({ deal, opened, closed }: State, contacts: RefContact[]): RefContact[] {
  return contacts
    .filter(
      ({ client_id, deal_id, kind, at }) =>
        client_id === deal.client_id &&
        (deal_id === null || deal_id === deal.id) &&
        kind !== 'note' &&
        kind !== 'mailing' &&
        at >= opened &&
        at <= (closed ?? ''),
    )
    .toSorted((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))
}

function knownWins(states: State[], { asOf, from, to }: RefAsk): State[] {
  const end = to < asOf ? to : asOf
  return closedIn(states, from, end).filter(({ status, known }) => status === 'won' && known)
}

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b)
const total = (values: (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

function profit({ amount, cost }: State): number {
  return amount === null ? 0 : amount - (cost ?? 0)
}

/** The row of an owner, or (undefined) of all. */
export function referenceOwner(
  deals: RefDeal[],
  contacts: RefContact[],
  tasks: RefTask[],
  ask: RefAsk,
  owner: number | null | undefined,
) {
  const { asOf, from, to } = ask
  const end = to < asOf ? to : asOf
  const mine = (id: number | null): boolean => owner === undefined || id === owner
  const states = statesOn(deals, asOf).filter((state) => mine(state.owner))
  const closed = closedIn(states, from, end)
  const won = closed.filter(({ status }) => status === 'won')
  const valued = won.filter(({ amount }) => amount !== null)
  const wins = knownWins(states, ask)
  const mean = ratio(total(valued.map(({ amount }) => amount)), valued.length)
  return {
    opened: states.filter(({ opened, known }) => known && opened >= from && opened <= end).length,
    won: won.length,
    lost: closed.length - won.length,
    win_rate: ratio(won.length, closed.length),
    profit: total(won.map(profit)),
    mean_deal: mean === null ? null : Math.round(mean),
    days_to_win: paceByLoops(winCases(states, ask), 0.5),
    interactions_per_win: ratio(
      total(wins.map((state) => touchesOf(state, contacts).length)),
      wins.length,
    ),
    overdue_tasks: tasks.filter(
      (task) =>
        mine(task.owner_id) &&
        task.due !== null &&
        task.due < asOf &&
        task.added_on <= asOf &&
        (task.status === 'open' || (task.closed_on ?? '') > asOf),
    ).length,
  }
}

/** Reached and passed at each stage by the deals closed in a period, all of them or one owner's. */
export function referenceSteps(
  deals: RefDeal[],
  stages: number[],
  ask: RefAsk,
  wanted: (owner: number | null) => boolean,
) {
  const closed = closedIn(statesOn(deals, ask.asOf), ask.from, ask.to).filter(
    ({ deal, owner }) => deal.stages.length > 0 && wanted(owner),
  )
  const won = closed.filter(({ status }) => status === 'won')
  const valued = won.filter(({ amount }) => amount !== null)
  return {
    stages: stages.map((_, index) => {
      const reached = closed.filter(({ status, furthest }) => status === 'won' || furthest >= index)
      const passed = reached.filter(({ status, furthest }) => status === 'won' || furthest > index)
      return { reached: reached.length, passed: passed.length }
    }),
    won: won.length,
    meanProfit: ratio(total(valued.map(profit)), valued.length),
  }
}

/** The stays in a stage: each from the event that began it to the next that is no amendment. */
function visitCases(deals: RefDeal[], stage: number, { asOf, from, to }: RefAsk): Case[] {
  const end = to < asOf ? to : asOf
  const cases: Case[] = []
  if (from > end) return cases
  for (const deal of deals) {
    if (deal.outcome_only === 1) continue
    const steps = deal.events.filter(({ kind, at }) => kind !== 'amended' && at <= end)
    let standsIn: number | null = null
    steps.forEach((step, at) => {
      if (step.stage_id !== null) standsIn = step.stage_id
      if (step.kind === 'won' || step.kind === 'lost' || standsIn !== stage) return
      const next = steps[at + 1]
      if (step.day_known === 0 || (next && next.at < from)) return
      cases.push({
        from: Math.max(0, daysFrom(step.at, from)),
        to: daysFrom(step.at, next ? next.at : end),
        end: next ? 'event' : 'censored',
      })
    })
  }
  return cases
}

/** A stage's row of the report on velocity. */
export function referenceStage(deals: RefDeal[], stage: number, ask: RefAsk) {
  const cases = visitCases(deals, stage, ask)
  return {
    visits: cases.length,
    left: cases.filter(({ end }) => end === 'event').length,
    median_days: paceByLoops(cases, 0.5),
    p90_days: paceByLoops(cases, 0.9),
  }
}

/** The totals of the report on velocity, but for the months. */
export function referenceVelocity(deals: RefDeal[], ask: RefAsk) {
  const { asOf, from, to } = ask
  const end = to < asOf ? to : asOf
  const states = statesOn(deals, asOf)
  const closed = closedIn(states, from, end)
  const won = closed.filter(({ status }) => status === 'won')
  const valued = won.filter(({ amount }) => amount !== null)
  const open = states.filter(
    ({ opened, closed: on }) => opened <= end && (on === null || on > end),
  ).length
  const cases = winCases(states, ask)
  const days = paceByLoops(cases, 0.5)
  const mean = ratio(total(valued.map(({ amount }) => amount)), valued.length)
  const rate = ratio(won.length, closed.length)
  return {
    won: won.length,
    lost: closed.length - won.length,
    open,
    days_to_win: days,
    p90_to_win: paceByLoops(cases, 0.9),
    mean_deal: mean === null ? null : Math.round(mean),
    win_rate: rate,
    velocity:
      mean === null || rate === null || days === null || days === 0
        ? null
        : Math.round((open * mean * rate) / days),
  }
}

/** The totals of the report on activity, and one owner's counts. */
export function referenceActivity(
  deals: RefDeal[],
  contacts: RefContact[],
  proposal: number,
  ask: RefAsk,
) {
  const { asOf, from, to } = ask
  const end = to < asOf ? to : asOf
  const inside = contacts.filter(({ at }) => at >= from && at <= end)
  const kinds = (...names: string[]): number =>
    inside.filter(({ kind }) => names.includes(kind)).length
  const proposals = deals.filter(({ events }) => {
    const first = events.find(
      ({ stage_id, at, kind }) => stage_id === proposal && at <= end && kind !== 'amended',
    )
    return first !== undefined && first.day_known === 1 && first.at >= from
  }).length
  const wins = knownWins(statesOn(deals, asOf), ask).map((state) => touchesOf(state, contacts))
  const first = (direction: string): number =>
    wins.filter((touches) => touches[0]?.direction === direction).length
  return {
    calls: kinds('call'),
    emails: kinds('email'),
    meetings: kinds('meeting'),
    messages: kinds('sms', 'message'),
    mailings: kinds('mailing'),
    touches: kinds('call', 'email', 'meeting', 'sms', 'message'),
    proposals,
    calls_per_proposal: ratio(kinds('call'), proposals),
    won: wins.length,
    five_or_more: wins.filter((touches) => touches.length >= 5).length,
    inbound: first('in'),
    outbound: first('out'),
    inbound_share: ratio(first('in'), first('in') + first('out')),
    rows: Array.from({ length: 6 }, (_, n) =>
      n === 5
        ? wins.filter((touches) => touches.length >= 5).length
        : wins.filter((touches) => touches.length === n).length,
    ),
  }
}

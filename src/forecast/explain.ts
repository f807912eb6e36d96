import type { Book } from '../book/open.ts'
import { addDays, type Day, fromEpochDay, toEpochDay } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { formatMoney } from '../domain/money.ts'
import type { Report, Row } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import type { Chosen, Scope } from '../reports/scope.ts'
import { chancesSetBy } from '../reports/set-chances.ts'
import { ageSection } from './explain-ages.ts'
import { loadLedger } from './load.ts'
import { type WinCurves, winCurves } from './model/curves.ts'
import { fitHazards, type Hazards } from '../domain/chance/hazards.ts'
import { shownChance, spokenChance } from '../domain/chance/shown.ts'
import { writtenChance } from '../domain/chance/typed.ts'
import { nextPlace, type Seen } from '../domain/chance/seen.ts'
import { seenOn } from './model/seen-on.ts'
import type { Ledger } from './model/ledger.ts'
import { openOn } from './model/deals-on-day.ts'
import { closedDeals, recordOf } from './reached.ts'

/** “Ever” means within two years: a win that has not come by then is unlikely. */
const EVER = 730

const STILL_THERE = 30
const AGED = 365

/** The days after which half of the chance to win has come. */
function medianDays(within: (t: number) => number, days: number): number {
  const half = within(days) / 2
  let t = 0
  while (t < days && within(t) < half) t += 1
  return t
}

/** A deal as it is or might be, with its chance to be won within t days from a day. */
interface Case {
  label: string
  from: Day
  within: (t: number) => number
}

/** An open deal in the ledger, and what the ledger teaches about it. */
interface Explained {
  ledger: Ledger
  seen: Seen
  hazards: Hazards
  curves: WinCurves
  index: number
  place: number
  age: number
  /** Minor units; 0 if it is not known. */
  amount: number
}

function stageName(ledger: Ledger, place: number): string {
  return ledger.places[place]?.name || 'no stage'
}

/** How the deal stands, and what would change it. */
function cases({ ledger, curves, place, age }: Explained, asOf: Day): Case[] {
  const next = nextPlace(ledger.places, place)
  const name = stageName(ledger, place)
  const moved: Case = {
    label: `moved to ${stageName(ledger, next)} today`,
    from: asOf,
    within: (t) => curves.entered(next, t),
  }
  return [
    { label: 'as it stands', from: asOf, within: (t) => curves.aged(place, age, t) },
    ...(next < 0 ? [] : [moved]),
    {
      label: `still there in ${STILL_THERE} days`,
      from: addDays(asOf, STILL_THERE),
      within: (t) => curves.aged(place, age + STILL_THERE, t),
    },
    {
      label: name === 'no stage' ? 'any new deal' : `any deal new in ${name}`,
      from: asOf,
      within: (t) => curves.entered(place, t),
    },
  ]
}

function row({ label, within, from }: Case): Row {
  return {
    case: label,
    chance: shownChance(within(EVER)),
    within_30: shownChance(within(30)),
    within_90: shownChance(within(90)),
    likely: addDays(from, medianDays(within, EVER)),
  }
}

/** The deal's history so far: `Qualification 5 days → Proposal 12 days so far`. */
function wayOf({ ledger, index }: Explained, asOf: Day): string {
  const day = toEpochDay(asOf)
  const stays: string[] = []
  for (let v = 0; v < ledger.visitDeal.length; v += 1) {
    const from = ledger.visitFrom[v] as number
    if (ledger.visitDeal[v] !== index || from > day) continue
    const to = ledger.visitTo[v] as number
    const days = counted(Math.min(to, day) - from, 'day')
    stays.push(
      `${stageName(ledger, ledger.visitPlace[v] as number)} ${days}${to > day ? ' so far' : ''}`,
    )
  }
  return stays.join(' → ')
}

/** When the deal was opened. */
function openedOn({ ledger, index }: Explained): Day {
  return fromEpochDay(ledger.visitFrom[ledger.visitDeal.indexOf(index)] as number)
}

/** The sentences that say what to think of the deal. */
function sentences(explained: Explained, lines: readonly Case[]): string[] {
  const { ledger, place, age } = explained
  const [now, ...others] = lines as [Case, ...Case[]]
  const likely = addDays(now.from, medianDays(now.within, EVER))
  const stage = stageName(ledger, place)
  const where = stage === 'no stage' ? 'open' : `in ${stage}`
  const chanceOf = (one: Case): string => spokenChance(shownChance(one.within(EVER)))
  const changes = others.slice(0, -1).map((one) => `${chanceOf(one)} if ${one.label}`)
  return [
    `It has been ${where} for ${counted(age, 'day')} and is won with a chance of ${chanceOf(now)}; ` +
      `if it is won, then as likely as not by ${likely}.`,
    `The chance would be ${changes.join(', ')}.`,
  ]
}

/** What the chances rest on. */
function historyNote({ ledger, hazards, place }: Explained): string {
  if (hazards.ladder === 'template') {
    return 'By the template, an assumption: under 10 deals are closed.'
  }
  const processId = ledger.places[place]?.processId
  const { won, reached } = recordOf(closedDeals(ledger, { processId }), place)
  const stage = stageName(ledger, place)
  const which = stage === 'no stage' ? 'closed deals' : `closed deals that reached ${stage}`
  return `Of ${reached} ${which} ${won} were won; the chance is learnt from these, from all other deals and from how old this one is.`
}

async function lookAt(book: Book, scope: Scope, deal: Chosen): Promise<Explained> {
  const { asOf } = scope
  const { ledger } = await loadLedger(book, asOf, 'amount')
  const day = toEpochDay(asOf)
  const open = openOn(ledger, day, {})
  const at = open.deal.findIndex((index) => ledger.dealId[index] === deal.id)
  if (at < 0) {
    const hint = 'see which are: funnel deal list'
    throw new Fault('failed', `deal ${deal.id} “${deal.name}” is not open on ${asOf}`, hint)
  }
  const seen = seenOn(ledger, day)
  const hazards = fitHazards(seen)
  return {
    ledger,
    seen,
    hazards,
    curves: winCurves(hazards, EVER),
    index: open.deal[at] as number,
    place: open.place[at] as number,
    age: open.age[at] as number,
    amount: open.value[at] as number,
  }
}

/**
 * What one open deal may come to: its chance to be won, by when, and what would change that.
 * @throws Fault `failed` if the deal is not open on the scope's day.
 */
export async function explainReport(book: Book, scope: Scope, deal: Chosen): Promise<Report> {
  const { asOf, settings } = scope
  const what = await lookAt(book, scope, deal)
  const { ledger, hazards, place, age, amount } = what
  const lines = cases(what, asOf)
  const set = (await chancesSetBy(book.db, asOf)).get(deal.id)
  const ages = ageSection({
    ...what,
    chanceAt: (days) => shownChance(what.curves.aged(place, days, EVER)),
  })
  const worth =
    amount === 0
      ? 'without an amount'
      : `${formatMoney(amount, settings.currency)} ${settings.currency.code}`
  return {
    name: 'explain',
    title: `Deal ${deal.id} “${deal.name}”, as of ${asOf}`,
    subtitle: [
      ...sentences(what, lines),
      `${worth} · opened ${openedOn(what)} · ${wayOf(what, asOf)}`,
    ],
    currency: null,
    head: {
      as_of: asOf,
      deal: deal.id,
      title: deal.name,
      stage: stageName(ledger, place),
      days: age,
      method: hazards.ladder,
    },
    sections: [
      {
        key: 'cases',
        columns: [
          { key: 'case', label: 'If', type: 'text' },
          { key: 'chance', label: 'Chance', type: 'share' },
          { key: 'within_30', label: 'In 30 days', type: 'share' },
          { key: 'within_90', label: 'In 90 days', type: 'share' },
          { key: 'likely', label: 'Half by', type: 'day' },
        ],
        rows: lines.map(row),
      },
      ...(ages ? [ages] : []),
    ],
    totals: null,
    totalColumns: [],
    notes: [
      historyNote(what),
      ...(set === undefined
        ? []
        : [`A chance of ${writtenChance(set)} was set by hand; it is not used here.`]),
      'Chance: to be won within two years. “Half by”: the day by which half of those won have been won.',
      ...(ages
        ? [
            '“Days seen”: days that deals were in the stage at this age, all together; Moved, Won and Lost: how they left.',
          ]
        : ['Age makes no difference yet: rates by age need 30 closed deals.']),
      ...(age > AGED ? ['Few deals stay this long: what is known of them is little.'] : []),
    ],
    charts: [],
    empty: '',
  }
}

import type { Book } from '../../book/open.ts'
import {
  fitPayments,
  type PaymentCase,
  type PaymentHazards,
} from '../../domain/chance/payment-hazards.ts'
import { type Day, toEpochDay } from '../../domain/day.ts'
import { partsToCome } from '../../reports/receivables/load.ts'
import type { Scope } from '../../reports/scope.ts'
import { type Loaded, loadLedger, selectionOf } from '../load.ts'
import type { OpenDeals } from '../model/deals-on-day.ts'
import { knownOn, type Wish } from '../model/origin.ts'
import { seededStreams } from '../model/sampling.ts'
import { type CashWeeks, drawCash, type Part } from './draws.ts'
import { type Lags, lagsOn } from './lags.ts'
import { type DealInvoice, loadCases, loadDealInvoices, usualTax } from './load.ts'

/** What forecasts of cash are made from, on any day up to that of the scope. */
export interface CashHistory {
  book: Book
  scope: Scope
  wish: Wish
  cases: PaymentCase[]
  dealInvoices: DealInvoice[]
  loaded: Loaded
}

/** What is to come in after a day, by what was known at its end. */
export interface CashAhead extends CashWeeks {
  parts: Part[]
  hazards: PaymentHazards
  lags: Lags
  /** Open deals with what is not invoiced of them, their numbers, and how many others are invoiced altogether. */
  openDeals: OpenDeals
  dealIds: ReadonlySet<number>
  invoicedDeals: number
  /** The usual tax as a share of the net. */
  tax: number
  /** Parts that could not be converted. */
  unrated: number
}

/** Reads what all days need. */
export async function loadHistory(book: Book, scope: Scope, seed: number): Promise<CashHistory> {
  const { asOf } = scope
  const selection = await selectionOf(book, scope)
  return {
    book,
    scope,
    wish: { selection, seed, openOnly: true, force: undefined },
    cases: await loadCases(book.db, asOf),
    dealInvoices: await loadDealInvoices(book.db, asOf, scope.settings.currency),
    loaded: await loadLedger(book, asOf, 'amount'),
  }
}

const MOST_DRAWS = 2_000_000

/** Fewer draws if much is open: its sum is steadier. */
function drawsFor(most: number, open: number): number {
  return Math.max(200, Math.min(most, Math.round(MOST_DRAWS / Math.max(1, open))))
}

function only({ deal, place, age, value }: OpenDeals, keep: (at: number) => boolean): OpenDeals {
  const kept = (_: number, at: number): boolean => keep(at)
  return {
    deal: deal.filter(kept),
    place: place.filter(kept),
    age: age.filter(kept),
    value: value.filter(kept),
  }
}

/**
 * Open deals with what is not invoiced of them: without those that have an invoice of all of it, and less what deposits
 * and parts billed, both in minor units before tax.
 */
function uninvoiced(
  open: OpenDeals,
  idOf: (at: number) => number,
  invoices: readonly DealInvoice[],
): OpenDeals {
  const billed = new Map<number, number>()
  for (const { deal, part } of invoices) {
    billed.set(deal, (billed.get(deal) ?? 0) + (part ?? Infinity))
  }
  const value = open.value.map((all, at) => Math.max(0, all - (billed.get(idOf(at)) ?? 0)))
  return only({ ...open, value }, (at) => value[at] !== 0 || !billed.has(idOf(at)))
}

/** Forecasts the cash of some weeks after a day, by what was known at its end. */
export async function cashAfter(
  { book, scope, wish, cases, dealInvoices, loaded }: CashHistory,
  asOf: Day,
  weeks: number,
  most: number,
): Promise<CashAhead> {
  const day = toEpochDay(asOf)
  const { parts: open, unrated } = await partsToCome(book.db, { ...scope, asOf })
  const parts = open.map(({ client, dueOn, amount }) => ({
    client,
    due: toEpochDay(dueOn),
    amount,
  }))
  const { ledger } = loaded
  const ends = Array.from({ length: weeks }, (_, week) => 7 * (week + 1))
  const { pipeline } = knownOn(ledger, day, ends, wish)
  const idOf = (at: number): number => ledger.dealId[pipeline.open.deal[at] as number] as number
  const standing = dealInvoices.filter(({ issued, voided }) => issued <= day && voided > day)
  const deals = uninvoiced(pipeline.open, idOf, standing)
  const hazards = fitPayments(cases, day)
  const lags = lagsOn(cases, dealInvoices, day, 7 * weeks)
  const tax = await usualTax(book.db, asOf)
  const sims = drawsFor(most, parts.length + deals.deal.length)
  const streams = seededStreams((wish.seed ^ Math.imul(day, 0x9e3779b1)) >>> 0)
  const ahead = { open: deals, chances: pipeline.chances, gross: 1 + tax, lags }
  return {
    ...drawCash(parts, hazards, ahead, { day, weeks, sims, streams }),
    parts,
    hazards,
    lags,
    openDeals: deals,
    dealIds: new Set(Array.from(deals.deal, (at) => ledger.dealId[at] as number)),
    invoicedDeals: pipeline.open.deal.length - deals.deal.length,
    tax,
    unrated,
  }
}

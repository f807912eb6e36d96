import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { type PartKind, partText } from '../../domain/invoices/part-words.ts'
import { type BilledShare, partShares } from '../../domain/invoices/parts.ts'
import { invoiceTotals } from '../../domain/invoices/taxes.ts'
import { lineNet, taxOn } from '../../domain/lines/line.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { type Currency, currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { type EarlierPart, earlierParts, finalOf } from './deductions.ts'
import { amountLine, type Billable, billableOf, type DraftValues, draftWith } from './draft.ts'
import { draftName, type Invoice } from './find.ts'
import { settleDraft } from './lines.ts'

/** How much of a deal is billed ahead: a share of all of it, or an amount before tax. */
export type PartWish = { portion: Portion } | { amount: Money }

const nameOf = ({ id, number }: Pick<Invoice, 'id' | 'number'>): string => number ?? draftName(id)

/**
 * Can a part of a deal be billed, or its final invoice be made? @throws Fault `failed` if its final invoice is issued, or
 * for another final one, if there is a draft of it.
 */
export async function requireNoFinal(
  db: Db,
  dealId: number,
  kind: PartKind | 'final',
): Promise<void> {
  const final = await finalOf(db, dealId)
  if (final === null) return
  const name = nameOf(final)
  if (kind !== 'final') {
    if (final.number === null) return
    const message = `deal ${dealId} has its final invoice already, ${name}`
    const hint = 'bill what is more as an invoice of its own: funnel invoice add CLIENT --line TEXT'
    throw new Fault('failed', message, hint)
  }
  const what = final.number === null ? 'a draft of its final invoice' : 'its final invoice'
  const hint =
    final.number === null
      ? `go on with it: funnel invoice show ${name}`
      : `take it back first: funnel invoice credit ${name}`
  throw new Fault('failed', `deal ${dealId} has ${what} already, ${name}`, hint)
}

function wholeOf({ lines, currency }: Billable) {
  const digits = currencyDigits(currency)
  return invoiceTotals(
    lines.map((line) => ({ ...line.tax, net: lineNet({ ...line, cost: null }, digits) })),
  )
}

const netOf = (shares: readonly BilledShare[]): number =>
  shares.reduce((sum, { base }) => sum + base, 0)

function moneyText(minor: number, code: string): string {
  return `${formatMoney(minor, { code, digits: currencyDigits(code) }, true)} ${code}`
}

/** @throws Fault `failed` if earlier ones are in another currency than the deal. */
function requireSameCurrency(earlier: readonly EarlierPart[], { dealId, currency }: Billable) {
  const foreign = earlier.find((one) => one.currency !== currency)
  if (!foreign) return
  const message = `deal ${dealId} is in ${currency}, and ${nameOf(foreign)} was billed in ${foreign.currency}`
  const hint =
    foreign.number === null
      ? `delete it: funnel invoice delete ${nameOf(foreign)}`
      : `credit it first: funnel invoice credit ${foreign.number}`
  throw new Fault('failed', message, hint)
}

/** The net of a part, in minor units. @throws Fault `failed` if less than that is left of the deal. */
function amountOf(
  wish: PartWish,
  { dealId, currency }: Billable,
  whole: Money,
  earlier: readonly EarlierPart[],
): Money {
  const billed = netOf(earlier.flatMap(({ shares }) => shares))
  const left = whole - billed
  const amount = 'amount' in wish ? wish.amount : taxOn(whole, wish.portion)
  if (amount === 0) {
    throw new Fault('usage', 'a part of nothing cannot be billed', 'write it as 30%, or an amount')
  }
  // Each percentage is rounded: together they may be a minor unit more than all of it.
  const slack = 'amount' in wish ? 0 : earlier.length
  if (left > 0 && amount <= left + slack) return Math.min(amount, left) as Money
  const names = earlier.map(nameOf).join(', ')
  const before = names === '' ? '' : `, of which ${names} billed ${moneyText(billed, currency)}`
  const message = `${moneyText(amount, currency)} is more than is left of deal ${dealId}: it comes to ${moneyText(whole, currency)} before tax${before}`
  const hint = left > 0 ? `bill at most ${moneyText(left, currency)}` : 'nothing is left to bill'
  throw new Fault('failed', message, hint)
}

/**
 * Makes a draft that bills a part of a deal: a deposit before the work, or a part while it goes on. It has a line for
 * each rate of tax, in proportion to what the deal has of it.
 * @param language that of the client.
 * @throws Fault `failed` if the deal has nothing to bill, has its final invoice, or less is left of it.
 */
export async function partOfDeal(
  db: Db,
  dealId: number,
  book: Currency,
  { kind, wish, language }: { kind: PartKind; wish: PartWish; language: string },
  values: DraftValues,
  moment: Moment,
): Promise<number> {
  await requireNoFinal(db, dealId, kind)
  const billable = await billableOf(db, dealId, book)
  const whole = wholeOf(billable)
  const earlier = await earlierParts(db, dealId, { drafts: true })
  requireSameCurrency(earlier, billable)
  const amount = amountOf(wish, billable, whole.net, earlier)
  const shares = partShares(
    whole,
    earlier.flatMap((one) => one.shares),
    amount,
  )
  const percentage = 'portion' in wish ? percentText(wish.portion) : null
  const text = partText(kind, language, percentage, billable.title)
  const lines = shares.map(({ net, ...tax }) => amountLine(text, net, billable.currency, tax))
  return draftWith(db, billable, lines, { ...values, part: kind }, moment)
}

/** The deposits and parts that billed all of a deal, by their numbers; null if something is left of it. */
export async function wholeBilledBy(
  db: Db,
  dealId: number,
  book: Currency,
): Promise<string | null> {
  const earlier = await earlierParts(db, dealId)
  if (earlier.length === 0) return null
  const whole = wholeOf(await billableOf(db, dealId, book)).net
  if (netOf(earlier.flatMap(({ shares }) => shares)) < whole) return null
  return earlier.map(nameOf).join(', ')
}

/**
 * Makes a draft of the final invoice of a deal: all of its lines, less what deposits and parts billed.
 * @throws Fault `failed` if there is one already, or nothing is left to bill.
 */
export async function finalOfDeal(
  db: Db,
  dealId: number,
  book: Currency,
  values: DraftValues,
  moment: Moment,
): Promise<number> {
  await requireNoFinal(db, dealId, 'final')
  const billable = await billableOf(db, dealId, book)
  const id = await draftWith(db, billable, billable.lines, { ...values, part: 'final' }, moment)
  const { net } = await db
    .selectFrom('invoices')
    .select('net')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (net > 0) return id
  const names = (await earlierParts(db, dealId)).map(nameOf).join(', ')
  const message = `nothing is left to bill of deal ${dealId}: ${names} billed all of it`
  throw new Fault('failed', message, `see: funnel invoice list --deal ${dealId}`)
}

/**
 * Can a draft be issued as the part that it is? @throws Fault `failed` for a deposit or a part once the final invoice
 * is issued, and for a final one if there is another.
 */
export async function requireInTurn(db: Db, draft: Invoice): Promise<void> {
  const { id, part, deal_id: dealId } = draft
  if (part === null || dealId === null) return
  const final = await finalOf(db, dealId)
  if (final?.number == null || final.id === id) return
  const message = `deal ${dealId} has its final invoice already, ${final.number}`
  const hint = `delete the draft: funnel invoice delete ${draftName(id)}; or take that back: funnel invoice credit ${final.number}`
  throw new Fault('failed', message, hint)
}

/** Lets the draft of the final invoice of a deal follow what was billed or taken back just now. */
export async function settleFinal(
  db: Db,
  { part, deal_id: dealId }: Pick<Invoice, 'part' | 'deal_id'>,
): Promise<void> {
  if (part === null || part === 'final' || dealId === null) return
  const final = await finalOf(db, dealId)
  if (final !== null && final.number === null) await settleDraft(db, final.id)
}

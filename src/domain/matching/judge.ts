import { addDays, type Day } from '../day.ts'
import type { Money } from '../money.ts'
import { type Claim, discountOn, type Fit, fitOf, type Tolerance } from './fit.ts'
import type { Named, NumberIndex, Numbered } from './number-index.ts'
import { MOST_AMOUNTS, oneSubset } from './one-subset.ts'

/** A booking of an account that nothing is known about yet. */
export interface Booking {
  id: number
  bookedOn: Day
  /** The day on which it came: the earlier of the days that the bank states. */
  cameOn: Day
  /** In minor units; below zero where money went out. */
  amount: Money
  currency: string
  bankAccountId: number
  party: string | null
  /** What spellings of the other account share; null if the bank does not state it. */
  account: string | null
  /** All that the payer wrote: text and references. */
  text: string
}

/** An invoice with something open, as judging knows it. */
export interface KnownClaim extends Claim {
  client: string
}

/** A payment or a refund that was entered by hand or came from a list, and has no booking yet. */
export interface Entered {
  id: number
  clientId: number
  client: string
  paidOn: Day
  /** As a booking has it: below zero for a refund. */
  amount: Money
  currency: string
  bankAccountId: number | null
  /** Finds the numbers of the invoices that it settles. */
  settles: NumberIndex<Numbered>
}

/** A credit note with something left to give back. */
export interface KnownCredit extends Numbered {
  id: number
  clientId: number
  client: string
  currency: string
  left: Money
}

/** By what a booking is judged. */
type Rule = 'entered' | 'reference' | 'number' | 'account' | 'name' | 'amount' | 'money out'

/** What a booking is held to be, how sure that is, and why, in words. */
export type Verdict = { rule: Rule | null; why: string } & (
  | { kind: 'settle'; isSure: boolean; clientId: number; client: string; fit: Fit<KnownClaim> }
  | { kind: 'entered'; isSure: boolean; payment: Entered }
  | { kind: 'refund'; isSure: false; credit: KnownCredit }
  | { kind: 'open' }
)

/** A client, as far as judging knows it. */
export interface KnownClient {
  id: number
  name: string
}

/** What the book knows that bookings can be about. */
export interface Knowledge {
  named: (booking: Booking) => NamedClaims
  creditsNamed: (booking: Booking) => Named<KnownCredit>[]
  /** The clients that have paid from an account. */
  payersFrom: (account: string) => readonly KnownClient[]
  /** The clients of a name, as far as that can be said. */
  clientsCalled: (party: string) => readonly KnownClient[]
  claimsOf: (clientId: number) => readonly KnownClaim[]
  claimsOver: (currency: string, amount: Money) => readonly KnownClaim[]
  enteredOver: (currency: string, amount: Money) => readonly Entered[]
}

/** What a booking names. */
export interface NamedClaims {
  byReference: KnownClaim[]
  byNumber: Named<KnownClaim>[]
}

/** How far apart a payment and its booking may be. */
export const DAYS_APART = 7

/** How many invoices to name. */
const FEW = 3

/** More clients than these pay from an account only if it is that of a service, which says nothing of who pays. */
const MOST_PAYERS = 5

const numbers = (claims: readonly KnownClaim[]): string =>
  claims.map(({ number }) => number).join(', ')

function fewNamed(claims: Iterable<KnownClaim>): string {
  const named: string[] = []
  for (const { number, client } of claims) {
    if (named.length === FEW) return `${named.join(', ')} and others`
    named.push(`${number} (${client})`)
  }
  return named.join(', ')
}

/** Judges bookings by what is known, which changes as bookings are used. */
export function judging(known: Knowledge, tolerance: Tolerance | null) {
  const isOpen = ({ open }: KnownClaim): boolean => open > 0
  /** By amount or name alone, nothing is paid before it was issued. */
  const couldBeFor = (booking: Booking, claim: KnownClaim): boolean =>
    claim.open > 0 && claim.currency === booking.currency && claim.issuedOn <= booking.bookedOn

  const fitFor = (claims: readonly KnownClaim[], { amount, cameOn }: Booking): Fit<KnownClaim> =>
    fitOf(claims, amount, { on: cameOn, tolerance })

  const settle = (
    claims: readonly KnownClaim[],
    booking: Booking,
    { rule, why, isSure }: { rule: Rule; why: string; isSure: (fit: Fit<KnownClaim>) => boolean },
  ): Verdict => {
    const fit = fitFor(claims, booking)
    const [first] = claims as readonly [KnownClaim]
    const { clientId, client } = first
    const more = fit.how === 'over' ? ', more than is open' : fit.how === 'part' ? ', a part' : ''
    return { kind: 'settle', rule, why: why + more, isSure: isSure(fit), clientId, client, fit }
  }

  const payersOf = ({ account }: Booking): readonly KnownClient[] => {
    const payers = account === null ? [] : known.payersFrom(account)
    return payers.length > MOST_PAYERS ? [] : payers
  }
  const namesakesOf = ({ party }: Booking): readonly KnownClient[] =>
    party === null ? [] : known.clientsCalled(party)

  const isKnownPayer = (booking: Booking, clientId: number): boolean =>
    [...payersOf(booking), ...namesakesOf(booking)].some(({ id }) => id === clientId)

  /** The payment that was entered before the bank's file came. */
  const entered = (booking: Booking): Verdict | null => {
    const [from, to] = [
      addDays(booking.bookedOn, -DAYS_APART),
      addDays(booking.bookedOn, DAYS_APART),
    ]
    const near = known
      .enteredOver(booking.currency, booking.amount)
      .filter(({ paidOn, bankAccountId: account }) => {
        return (
          paidOn >= from &&
          paidOn <= to &&
          (account ?? booking.bankAccountId) === booking.bankAccountId
        )
      })
    const proven = near.filter(
      ({ clientId, settles }) =>
        isKnownPayer(booking, clientId) || settles.namedIn(booking.text).length > 0,
    )
    const [payment, other] = proven.length > 0 ? proven : near
    if (!payment || (other && proven.length === 0)) return null
    const isSure = proven.length > 0
    const by = isSure ? '' : '; the amount and the day fit'
    const what = booking.amount < 0 ? 'refund' : 'payment'
    const why = `entered already as ${what} ${payment.id} of ${payment.client}${by}`
    return { kind: 'entered', rule: 'entered', isSure, payment, why }
  }

  /** What the text or a reference says. Null if it says nothing that the book knows. */
  const saysItself = (booking: Booking): Verdict | null => {
    const { byReference, byNumber } = known.named(booking)
    const open = (why: string): Verdict => ({ kind: 'open', rule: 'number', why })
    const unclear = byNumber.find(({ all }) => all.length > 1)
    if (unclear && byReference.length === 0) {
      return open(`the number can be that of ${numbers(unclear.all)}`)
    }
    const all = [...new Set([...byReference, ...byNumber.flatMap(({ all: [one] }) => one ?? [])])]
    if (all.length === 0) return null
    const foreign = all.find(({ currency }) => currency !== booking.currency)
    if (foreign) return open(`names ${foreign.number}, which is in ${foreign.currency}`)
    const claims = all.filter(isOpen)
    if (claims.length === 0) return open(`names ${numbers(all)}, settled by another booking`)
    const isWeak = byReference.length === 0 && byNumber.some((named) => named.isWeak)
    const rule = byReference.length > 0 ? 'reference' : 'number'
    const isOneClient = claims.every(({ clientId }) => clientId === claims[0]?.clientId)
    const of = isOneClient ? '' : ', of several clients'
    const named = rule === 'reference' ? 'reference of' : 'names'
    const verdict = settle(claims, booking, {
      rule,
      why: `${named} ${numbers(claims)}${of}`,
      isSure: ({ how }) =>
        isOneClient &&
        (how === 'exact' || how === 'short' || (how === 'part' && claims.length === 1)),
    })
    if (verdict.kind === 'settle' && isWeak && !/exact|short/.test(verdict.fit.how)) {
      return open(`may name ${numbers(claims)}, but the amount is another`)
    }
    return verdict
  }

  /** The one way in which a client's open invoices make the amount; how many there are if not one. */
  const waysFor = (clientId: number, booking: Booking, isWhole: boolean): KnownClaim[][] => {
    const claims = known.claimsOf(clientId).filter((claim) => couldBeFor(booking, claim))
    const exact = claims.filter(({ open }) => open === booking.amount)
    if (exact.length > 0) return exact.map((claim) => [claim])
    const short = claims.filter((claim) => fitFor([claim], booking).how === 'short')
    if (short.length > 0) return short.map((claim) => [claim])
    if (!isWhole || claims.length > MOST_AMOUNTS) return []
    const sums = [
      claims.map(({ open }) => open),
      claims.map((claim) => claim.open - discountOn(claim, booking.cameOn)),
    ]
    for (const amounts of sums) {
      const places = oneSubset(amounts, booking.amount)
      if (places === null) return [claims, claims]
      if (places.length > 0) return [places.flatMap((place) => claims[place] ?? [])]
    }
    return []
  }

  /** What the payer's invoices come to. */
  const byPayer = (
    booking: Booking,
    clients: readonly KnownClient[],
    { rule, said }: { rule: 'account' | 'name'; said: string },
  ): Verdict | null => {
    const ways = clients.flatMap(({ id }) => waysFor(id, booking, rule === 'account'))
    const [way, other] = ways
    if (!way) return null
    const [first] = way
    if (other) {
      const which = ways.every(({ length }) => length === 1) ? `: ${fewNamed(ways.flat())}` : ''
      const why = `${said} ${first?.client}, but several invoices fit${which}`
      return { kind: 'open', rule, why }
    }
    const why = `${said} ${first?.client}, amount of ${numbers(way)}`
    return settle(way, booking, { rule, why, isSure: () => false })
  }

  function* ofAmount(booking: Booking): Iterable<KnownClaim> {
    for (const claim of known.claimsOver(booking.currency, booking.amount)) {
      if (claim.open === booking.amount && couldBeFor(booking, claim)) yield claim
    }
  }

  const likely = (booking: Booking): Verdict => {
    const payers = payersOf(booking)
    const byAccount = byPayer(booking, payers, { rule: 'account', said: 'known account of' })
    if (byAccount) return byAccount
    const [only, namesake] = namesakesOf(booking)
    if (only && !namesake) {
      const byName = byPayer(booking, [only], { rule: 'name', said: 'name of' })
      if (byName) return byName
    }
    const fits = fewNamed(ofAmount(booking))
    if (fits !== '') {
      return { kind: 'open', rule: 'amount', why: `only the amount fits: ${fits}` }
    }
    const [payer, other] = payers
    if (payer && !other) {
      return {
        kind: 'open',
        rule: 'account',
        why: `known account of ${payer.name}, but nothing fits`,
      }
    }
    return { kind: 'open', rule: null, why: 'nothing fits' }
  }

  const moneyOut = (booking: Booking): Verdict => {
    const back = 0 - booking.amount
    const [named, other] = known.creditsNamed(booking)
    const [credit, another] = named?.all ?? []
    const isFit = credit && credit.currency === booking.currency && credit.left >= back
    if (isFit && !other && !another && (!named?.isWeak || credit.left === back)) {
      const why = `money out, names credit note ${credit.number}`
      return { kind: 'refund', rule: 'number', isSure: false, credit, why }
    }
    return { kind: 'open', rule: 'money out', why: 'money out' }
  }

  return {
    /** What the booking itself proves; null if nothing. */
    proven(booking: Booking): Verdict | null {
      const before = entered(booking)
      if (before?.kind === 'entered' && before.isSure) return before
      if (booking.amount <= 0) return null
      const said = saysItself(booking)
      return said?.kind === 'settle' && said.isSure ? said : null
    },
    /** What it is most likely, once those that are proven are used. */
    likely(booking: Booking): Verdict {
      if (booking.amount < 0) return entered(booking) ?? moneyOut(booking)
      if (booking.amount === 0) return { kind: 'open', rule: null, why: 'nothing was moved' }
      return saysItself(booking) ?? entered(booking) ?? likely(booking)
    },
  }
}

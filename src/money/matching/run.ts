import type { Store } from '../../book/store/store.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Fit, Tolerance } from '../../domain/matching/fit.ts'
import {
  type Booking,
  type Entered,
  judging,
  type KnownClaim,
  type KnownClient,
  type KnownCredit,
  type Knowledge,
  type NamedClaims,
  type Verdict,
} from '../../domain/matching/judge.ts'
import { numberIndex } from '../../domain/matching/number-index.ts'
import { referenceIndex } from '../../domain/matching/reference-index.ts'
import type { Money } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import {
  clientsCalled,
  closedInvoices,
  enteredNear,
  nameSpelling,
  openBookings,
  openClaims,
  openCredits,
  payersFrom,
} from './load.ts'
import { matchWriter } from './write.ts'

/** What became of an open booking. */
export interface Matching {
  booking: Booking
  verdict: Verdict
  /** Booked now, proposed for `--yes`, or open as before. */
  state: 'booked' | 'proposed' | 'open'
  /** The number of its payment or refund; null if it has none. */
  payment: number | null
}

/** How bookings are matched. */
export interface MatchOptions {
  /** Only bookings of this account. */
  accountId: number | null
  tolerance: Tolerance | null
  /** Book what is proposed as well. */
  yes: boolean
  /** The code of the book's currency. */
  book: string
  today: Day
}

function grouped<K, V>(all: Iterable<V>, keyOf: (one: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** Shorter words are hardly the number of an invoice that was settled. */
const SHORTEST = 5

const sumKey = ({ currency, amount }: { currency: string; amount: Money }): string =>
  `${currency} ${amount}`

function defined<T>(all: Iterable<T | null | undefined>): T[] {
  return [...new Set([...all].filter((one) => one != null))]
}

/** Reads, once for all bookings, what they can be about; it changes with what is made of each. */
async function gather(store: Store, bookings: readonly Booking[]) {
  const claims = openClaims(store)
  const numbers = numberIndex(claims)
  const references = referenceIndex(claims, ({ reference }) => reference ?? '')
  const credits = numberIndex(bookings.some(({ amount }) => amount < 0) ? openCredits(store) : [])
  const byClient = grouped(claims, ({ clientId }) => clientId)
  const byAmount = grouped(claims, ({ currency, open }) => sumKey({ currency, amount: open }))
  const entered = grouped(await enteredNear(store, bookings), sumKey)
  const payers = await payersFrom(store.db, defined(bookings.map(({ account }) => account)))
  const called = clientsCalled(store, defined(bookings.map(({ party }) => party)))
  const used = new Set<Entered>()
  const named = new Map<Booking, NamedClaims>()

  const knowledge: Knowledge = {
    named(booking) {
      const before = named.get(booking)
      if (before) return before
      const { text } = booking
      const found = { byReference: references.in(text), byNumber: numbers.namedIn(text) }
      named.set(booking, found)
      return found
    },
    creditsNamed: ({ text }) =>
      credits.namedIn(text).filter(({ all }) => all.some(({ left }) => left > 0)),
    payersFrom: (account) => payers.get(account) ?? [],
    clientsCalled: (party) => called.get(nameSpelling(party)) ?? [],
    claimsOf: (clientId) => byClient.get(clientId) ?? [],
    claimsOver: (currency, amount) => byAmount.get(sumKey({ currency, amount })) ?? [],
    enteredOver: (currency, amount) =>
      (entered.get(sumKey({ currency, amount })) ?? []).filter((one) => !used.has(one)),
  }

  return {
    knowledge,
    /** Takes what a booking pays from what is open. */
    useFit({ parts }: Fit<KnownClaim>): void {
      for (const { claim, amount, short } of parts) {
        claim.open = (claim.open - amount - (short?.amount ?? 0)) as Money
      }
    },
    useEntered: (payment: Entered) => used.add(payment),
    useCredit(credit: KnownCredit, amount: Money): void {
      credit.left = (credit.left - amount) as Money
    },
    learn({ account }: Booking, client: KnownClient): void {
      if (account === null) return
      const known = payers.get(account) ?? []
      if (!known.some(({ id }) => id === client.id)) payers.set(account, [...known, client])
    },
  }
}

/** The words of a text that can be the number of an invoice as it is written. */
const likeNumbers = ({ text }: Booking): string[] =>
  text
    .split(/[\s,;:+&|()]+/)
    .map((word) => nameKey(word.replace(/\.+$/, '')))
    .filter((word) => word.length >= SHORTEST && /\d/.test(word))

/** Says of open bookings that nothing else is known of if they name an invoice that is settled or void. */
async function sayClosed(db: Db, all: readonly Matching[]): Promise<void> {
  const unknown = all.filter(
    ({ booking, verdict }) =>
      booking.amount > 0 &&
      verdict.kind === 'open' &&
      /^(?:amount|account)?$/.test(verdict.rule ?? ''),
  )
  const closed = await closedInvoices(
    db,
    unknown.flatMap(({ booking }) => likeNumbers(booking)),
  )
  for (const matching of unknown) {
    const [invoice] = likeNumbers(matching.booking).flatMap((key) => closed.get(key) ?? [])
    if (!invoice) continue
    const why = `names ${invoice.number}, which is ${invoice.how}`
    matching.verdict = { kind: 'open', rule: 'number', why }
  }
}

/**
 * Matches the open bookings with what they pay, inside an operation: first those that prove it themselves, the earliest
 * first, then the others by what they are likely to pay. What one booking pays is not open for the next, whether it is
 * booked or proposed.
 */
export async function matchBookings(store: Store, options: MatchOptions): Promise<Matching[]> {
  const bookings = openBookings(store, options.accountId)
  if (bookings.length === 0) return []
  const gathered = await gather(store, bookings)
  const judge = judging(gathered.knowledge, options.tolerance)
  const writer = matchWriter(store, options.book)

  const use = (booking: Booking, verdict: Verdict): void => {
    if (verdict.kind === 'settle') gathered.useFit(verdict.fit)
    if (verdict.kind === 'entered') gathered.useEntered(verdict.payment)
    if (verdict.kind === 'refund') gathered.useCredit(verdict.credit, (0 - booking.amount) as Money)
  }

  const write = (booking: Booking, verdict: Verdict): number | null => {
    switch (verdict.kind) {
      case 'settle': {
        gathered.learn(booking, { id: verdict.clientId, name: verdict.client })
        return writer.settle(booking, verdict.clientId, verdict.fit.parts)
      }
      case 'entered': {
        const { clientId, client } = verdict.payment
        gathered.learn(booking, { id: clientId, name: client })
        writer.link(booking, verdict.payment)
        return verdict.payment.id
      }
      case 'refund':
        return writer.refund(booking, verdict.credit)
      case 'open':
        return null
    }
  }

  const matched = new Map<Booking, Matching>()
  const come = bookings.filter(({ bookedOn }) => bookedOn <= options.today)
  const isLeft = (booking: Booking): boolean => !matched.has(booking)
  // Each that is booked may teach an account, which can prove another to be a payment that was entered.
  for (let found = -1; found !== matched.size;) {
    found = matched.size
    for (const booking of come.filter(isLeft)) {
      const verdict = judge.proven(booking)
      if (!verdict) continue
      const payment = write(booking, verdict)
      use(booking, verdict)
      matched.set(booking, { booking, verdict, state: 'booked', payment })
    }
  }
  for (const booking of come.filter(isLeft)) {
    const verdict = judge.likely(booking)
    const isBooked = verdict.kind !== 'open' && (verdict.isSure || options.yes)
    const payment = isBooked ? write(booking, verdict) : null
    use(booking, verdict)
    const state = verdict.kind === 'open' ? 'open' : isBooked ? 'booked' : 'proposed'
    matched.set(booking, { booking, verdict, state, payment })
  }
  const TO_COME = { kind: 'open', rule: null, why: 'booked on a day to come' } as const
  await sayClosed(store.db, [...matched.values()])
  return bookings.map(
    (booking) =>
      matched.get(booking) ?? { booking, verdict: TO_COME, state: 'open', payment: null },
  )
}

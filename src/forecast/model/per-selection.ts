import type { Selection } from './deals-on-day.ts'
import type { Ledger } from './ledger.ts'

/** Makes something of a ledger and the deals selected once: every origin of a backtest asks for it. */
export function oncePerSelection<T>(
  make: (ledger: Ledger, wish: Selection) => T,
): (ledger: Ledger, wish: Selection) => T {
  const made = new WeakMap<Ledger, WeakMap<Selection, T>>()
  return (ledger, wish) => {
    const ofLedger = made.get(ledger) ?? new WeakMap<Selection, T>()
    made.set(ledger, ofLedger)
    const known = ofLedger.get(wish)
    if (known !== undefined) return known
    const one = make(ledger, wish)
    ofLedger.set(wish, one)
    return one
  }
}

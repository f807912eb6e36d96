import { isQrReference } from '../invoices/qr-reference.ts'
import { atomsOf, squeezed } from './atoms.ts'

/** The longest reference: a QR reference has 27 digits, a creditor reference 25 signs. */
const LONGEST = 27

/** The digits that a Swiss QR reference carries, without zeros before them; null if it is not one. */
function qrDigits(reference: string): string | null {
  return isQrReference(reference) ? reference.slice(0, -1).replace(/^0+/, '') : null
}

/** Makes an index of what payment references stand for. */
export function referenceIndex<T extends { number: string }>(
  all: Iterable<T>,
  referenceOf: (one: T) => string,
) {
  const byReference = new Map<string, T>()
  const byDigits = new Map<string, T[]>()
  for (const one of all) {
    const reference = squeezed(referenceOf(one))
    if (reference !== '') byReference.set(reference, one)
    const digits = squeezed(one.number).replaceAll(/\D/g, '')
    const same = byDigits.get(digits)
    if (same) same.push(one)
    else byDigits.set(digits, [one])
  }
  const found = (reference: string): T | undefined => {
    const known = byReference.get(reference)
    if (known) return known
    const digits = qrDigits(reference)
    const [one, other] = (digits === null ? undefined : byDigits.get(digits)) ?? []
    return other ? undefined : one
  }
  return {
    /** What the references in a text stand for, in its order, each once: blanks within them do not count. */
    in(text: string): T[] {
      const atoms = atomsOf(text)
      const hits = new Set<T>()
      for (let start = 0; start < atoms.length; start += 1) {
        const first = atoms[start]
        // A creditor reference begins with RF, a QR reference with a digit; neither is written on to another run.
        if (!first || (first.text !== 'RF' && !first.isDigits)) continue
        if (start > 0 && first.before === '') continue
        let reference = ''
        for (let end = start; end < atoms.length && reference.length < LONGEST; end += 1) {
          reference += atoms[end]?.text ?? ''
          const hit = found(reference)
          const next = atoms[end + 1]
          if (!hit || next?.before === '') continue
          hits.add(hit)
          break
        }
      }
      return [...hits]
    },
  }
}

import { mod97 } from '../tax-ids/mod-97.ts'

/** Letters and digits that a creditor reference may have after its check digits. */
const LONGEST = 21

/**
 * The reference by which a payment names its invoice (ISO 11649): RF, two check digits (MOD 97-10), and the letters
 * and digits of the number. INV-2026-0042 is `RF73INV20260042`. Null if the number has none, or more than 21.
 */
export function creditorReference(number: string): string | null {
  const text = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (text === '' || text.length > LONGEST) return null
  const check = 98 - mod97(`${text}RF00`)
  return `RF${String(check).padStart(2, '0')}${text}`
}

/** The kinds of files in which banks give bookings, other than tables. */
export type StatementKind = 'camt' | 'mt940' | 'ofx' | '1c'

/** A line that only SWIFT messages have, and one that no other text begins with. */
const SWIFT = /^(?:\{\d:[^\n]*)?:(?:20|25P?|28C?|21|34F|13D?|60[FM]):/m
const SWIFT_TOO = /^:(?:25P?|28C?|34F|60[FM]|61|62[FM]|90[CD]):/m

/** What a text is by its beginning; null if it is not a file of bookings that says so itself. */
export function statementKind(start: string): StatementKind | null {
  const text = start.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('1CClientBankExchange')) return '1c'
  if (/^OFXHEADER\s*:/i.test(text)) return 'ofx'
  if (text.startsWith('<')) {
    if (/<\?OFX\b/i.test(text) || /^<OFX>/i.test(text)) return 'ofx'
    return /iso:std:iso:20022|<(?:\w+:)?BkToCstmr/.test(text) ? 'camt' : null
  }
  return SWIFT.test(text) && SWIFT_TOO.test(text) ? 'mt940' : null
}

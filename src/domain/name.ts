// Printable ASCII needs no folding, and most cells of most files are just that.
const PRINTABLE = /^[\u0020-\u007e]*$/

// C0 and C1 controls except tab and line feed, and the bidirectional overrides and isolates.
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Text without the characters that control a terminal; everything else stays. */
export function withoutControls(text: string): string {
  return PRINTABLE.test(text) ? text : text.replaceAll(UNSAFE, '')
}

/** Multi-line text as it is stored: NFC, line ends as `\n`, no control characters. */
export function tidyText(text: string): string {
  if (PRINTABLE.test(text)) return text.trim()
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(UNSAFE, '').trim()
}

/**
 * A name as it is stored: Unicode NFC, white space squeezed to single spaces, control characters and
 * directional overrides removed.
 */
export function tidyName(text: string): string {
  const tidy = tidyText(text)
  if (!tidy.includes('  ') && PRINTABLE.test(tidy)) return tidy
  return tidy.replaceAll(/\s+/g, ' ').trim()
}

/** Multi-line text, each line stored like a name; blank lines stay between others. */
export function tidyLines(text: string): string {
  if (!/[\r\n]/.test(text)) return tidyName(text)
  return tidyText(text).split('\n').map(tidyName).join('\n')
}

/**
 * The key that spellings of a name share: compatibility forms folded, lower case, white space squeezed.
 * `nameKey(' ACME Ltd')` is `acme ltd`.
 */
export function nameKey(text: string): string {
  return tidyName(PRINTABLE.test(text) ? text : text.normalize('NFKC')).toLowerCase()
}

/** How an edit reports a name: `Old → New` if it changes, else the name. */
export function nameChange(was: string, given: string | undefined): string {
  const now = given === undefined ? was : tidyName(given)
  return now === was ? was : `${was} → ${now}`
}

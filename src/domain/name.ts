// Printable ASCII needs no folding; most cells of most files are nothing else.
const PRINTABLE = /^[\u0020-\u007e]*$/

// C0 and C1 controls but tab and line feed, and the bidirectional overrides and isolates.
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Text without what would steer a terminal; all else stays as it is. */
export function withoutControls(text: string): string {
  return PRINTABLE.test(text) ? text : text.replaceAll(UNSAFE, '')
}

/** Text of more than a line as it is kept: NFC, line ends as `\n`, no control characters. */
export function tidyText(text: string): string {
  if (PRINTABLE.test(text)) return text.trim()
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(UNSAFE, '').trim()
}

/**
 * A name as it is kept: Unicode NFC, white space squeezed to single spaces, control
 * characters and directional overrides gone.
 */
export function tidyName(text: string): string {
  const tidy = tidyText(text)
  if (!tidy.includes('  ') && PRINTABLE.test(tidy)) return tidy
  return tidy.replaceAll(/\s+/g, ' ').trim()
}

/** Text of more than a line whose lines are each kept as names are; blank lines stay between others. */
export function tidyLines(text: string): string {
  if (!/[\r\n]/.test(text)) return tidyName(text)
  return tidyText(text).split('\n').map(tidyName).join('\n')
}

/**
 * What two spellings of one name share: compatibility forms folded, lower case, white space
 * squeezed. `nameKey('  ACME  Ltd')` is `acme ltd`.
 */
export function nameKey(text: string): string {
  return tidyName(PRINTABLE.test(text) ? text : text.normalize('NFKC')).toLowerCase()
}

/** What an edit says of a name: `Old → New` where it changes, else the name. */
export function nameChange(was: string, given: string | undefined): string {
  const now = given === undefined ? was : tidyName(given)
  return now === was ? was : `${was} → ${now}`
}

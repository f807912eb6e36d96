/**
 * Puts an apostrophe before text that a spreadsheet program would take for a formula (it begins with
 * `= + - @`, also in full width, a tab or a carriage return). Text that already looks marked gets another
 * one, so that `unmarked` always restores the text.
 */
export function escapeFormula(text: string): string {
  return /^'*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text
}

/** Text without the mark of `inert`: `'=1+1` is `=1+1`, and `'t Hooft` stays. */
export function unescapeFormula(text: string): string {
  return text.startsWith("'") && /^'+[=+\-@＝＋－＠\t\r]/.test(text) ? text.slice(1) : text
}

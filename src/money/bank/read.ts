import type { StatementKind } from './recognise.ts'
import type { StatementFile } from './statement.ts'

/**
 * Reads a file of bookings from a bank.
 * @param name what to call it in messages.
 * @throws Fault `usage` if it is not complete, or of a version that is not known.
 */
export async function readStatements(
  kind: StatementKind,
  text: string,
  name: string,
): Promise<StatementFile> {
  // The reader of XML is loaded only where there is some.
  if (kind === 'camt') return (await import('./camt.ts')).readCamt(text, name)
  if (kind === 'mt940') return (await import('./mt940.ts')).readMt940(text, name)
  if (kind === 'ofx') return (await import('./ofx.ts')).readOfx(text, name)
  return (await import('./one-c.ts')).readOneC(text, name)
}

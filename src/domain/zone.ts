/**
 * A time zone as this system knows it; UTC if it does not, which is what a process set to such a zone uses.
 * Doctor reports it.
 */
export function knownZone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

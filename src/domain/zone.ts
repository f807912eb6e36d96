/**
 * A time zone as this system knows it; UTC where it does not, as a process does that is told to live in
 * such a zone. Doctor reports it.
 */
export function knownZone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

import { counted } from '../domain/text.ts'
import { type CalendarEvent, calendarOfEvents } from '../render/calendar-events.ts'
import { type Context, shown } from './context.ts'
import { toFile } from './write-out.ts'

/**
 * Writes a calendar file that only its owner can read, as it names clients; `-` is stdout.
 * @throws Fault `usage` if the file cannot be written; what was there stays.
 */
export async function writeCalendar(
  context: Context,
  file: string,
  entries: readonly CalendarEvent[],
): Promise<void> {
  const text = calendarOfEvents(entries, (await context.moment()).recordedAt)
  if (file === '-') {
    context.io.stdout.write(shown(context.io, text))
    return
  }
  await toFile(context, file, [text])
  await context.tell(`wrote ${counted(entries.length, 'entry', 'entries')} to ${file}`, {
    file,
    entries: entries.length,
  })
}

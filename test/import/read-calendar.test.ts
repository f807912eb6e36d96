import { describe, expect, it } from 'vitest'
import { CALENDAR_TASK } from '../../src/domain/task-record.ts'
import { importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { failure, read, save } from '../support/table-files.ts'

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')

const todo = (...lines: string[]): string[] => [
  `BEGIN:${CALENDAR_TASK}`,
  'UID:x',
  ...lines,
  `END:${CALENDAR_TASK}`,
]

/** The tasks of a file, each with the cells that hold anything, by their headers. */
async function tasks(text: string): Promise<{ rows: Record<string, string>[]; notes: string[] }> {
  const { headers, rows, notes } = await read(save('x.ics', text), { kind: 'tasks' })
  const named = rows.map((cells) =>
    Object.fromEntries(headers.flatMap((header, at) => (cells[at] ? [[header, cells[at]]] : []))),
  )
  return { rows: named, notes }
}

// As Apple Reminders, Outlook, Nextcloud and Thunderbird write tasks.
const APPLE = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'END:STANDARD',
  'END:VTIMEZONE',
  ...todo(
    'DTSTAMP:20261120T101500Z',
    'CREATED:20261102T101500Z',
    String.raw`SUMMARY:Ring Harbour\, again`,
    'DTSTART;TZID=Europe/Berlin:20261201T090000',
    'DUE;TZID=Europe/Berlin:20261201T090000',
    'PRIORITY:0',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
    'X-APPLE-SORT-ORDER:685274823',
    'BEGIN:VALARM',
    'TRIGGER;VALUE=DATE-TIME:20261201T080000Z',
    'END:VALARM',
    'STATUS:NEEDS-ACTION',
  ),
]
const OUTLOOK = todo(
  'SUMMARY;LANGUAGE=de:Angebot nachfassen',
  'DUE;VALUE=DATE:20261204',
  'STATUS:IN-PROCESS',
  'PERCENT-COMPLETE:50',
  'PRIORITY:5',
  String.raw`DESCRIPTION:Herr Vogt\nwartet`,
  'CATEGORIES:Kunde,Angebot',
  'X-MICROSOFT-CDO-IMPORTANCE:1',
)
const OTHERS = [
  ...todo('SUMMARY:Done', 'STATUS:COMPLETED', 'COMPLETED:20261119T233000Z', 'PERCENT-COMPLETE:100'),
  ...todo('SUMMARY:Off', 'STATUS:CANCELLED', 'DUE:20261204'),
  ...todo('SUMMARY:Often', 'DUE;VALUE=DATE:20261204', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR'),
  ...todo('SUMMARY:Ends', 'DUE;VALUE=DATE:20261204', 'RRULE:FREQ=DAILY;COUNT=3'),
  ...todo('SUMMARY:Seldom', 'DUE;VALUE=DATE:20261204', 'RRULE:FREQ=SELDOM'),
  ...todo('SUMMARY:Long', 'DTSTART;VALUE=DATE:20261201', 'DURATION:P2W', 'DESCRIPTION:a', '  b'),
  'BEGIN:VEVENT',
  'SUMMARY:Lunch',
  'END:VEVENT',
]

describe('a calendar of another program', () => {
  it('gives its tasks', async () => {
    const { rows, notes } = await tasks(calendar(...APPLE, ...OUTLOOK, ...OTHERS))
    expect(rows).toEqual([
      {
        text: 'Ring Harbour, again',
        due: '2026-12-01T08:00:00.000Z',
        status: 'open',
        added: '2026-11-02T10:15:00Z',
        repeat: '2w',
      },
      {
        text: 'Angebot nachfassen',
        due: '2026-12-04',
        status: 'open',
        'Percent complete': '50',
        Priority: '5',
        Description: 'Herr Vogt\nwartet',
        Categories: 'Kunde, Angebot',
      },
      { text: 'Done', status: 'done', closed: '2026-11-19T23:30:00Z' },
      { text: 'Off', status: 'dropped', due: '2026-12-04' },
      { text: 'Often', status: 'open', due: '2026-12-04' },
      { text: 'Ends', status: 'open', due: '2026-12-04' },
      { text: 'Seldom', status: 'open', due: '2026-12-04' },
      { text: 'Long', status: 'open', due: '2026-12-15', Start: '2026-12-01', Description: 'a b' },
    ])
    expect(notes).toEqual([
      '1 event of the calendar was left out',
      '1 reminder was left out',
      '3 repetitions are not plain intervals (every 3 days, 2 weeks, month or year), and came in without it',
    ])
  })

  it('comes into the book, and says what of it does not', async () => {
    const { save: write, folder, look, ok } = await importsInside()
    await ok('settings', 'set', 'timezone', 'Europe/Berlin')
    write('x.ics', calendar(...APPLE, ...OUTLOOK, ...OTHERS))
    const { code, out, err } = await runInside(folder, ['import', 'tasks', 'x.ics', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ read: 8, created: 8, rejected: 0 })
    expect(err).toContain('“Description” (2 cells: “Herr Vogt wartet”)')
    expect(err).toContain('--map "Description=result" keeps it')
    // Half past eleven at night in UTC is the next day in Berlin.
    expect(
      look('SELECT text, due, status, closed_on AS day, repeat FROM tasks ORDER BY id LIMIT 3'),
    ).toEqual([
      { text: 'Ring Harbour, again', due: '2026-12-01', status: 'open', day: null, repeat: '2w' },
      { text: 'Angebot nachfassen', due: '2026-12-04', status: 'open', day: null, repeat: null },
      { text: 'Done', due: null, status: 'done', day: '2026-11-20', repeat: null },
    ])
    const kept = ['import', 'tasks', 'x.ics', '--map', 'Description=result', '--json']
    expect(JSON.parse((await runInside(folder, kept)).out)).toMatchObject({ updated: 2 })
  })

  it('has rows rejected that say nothing to do, or no day where one is meant', async () => {
    const { save: write, ok } = await importsInside()
    write(
      'x.ics',
      calendar(...todo('DUE:20261204'), ...todo('SUMMARY:A', 'DUE:soon'), ...todo('SUMMARY:B')),
    )
    const done = JSON.parse(await ok('import', 'tasks', 'x.ics', '--json')) as {
      rejects: { row: number; reason: string }[]
    }
    expect(done.rejects).toEqual([
      { row: 1, reason: 'the row does not say what is to be done' },
      { row: 2, reason: expect.stringContaining('“soon”') },
    ])
  })
})

describe('a calendar that is none of tasks, or was made to harm', () => {
  const fault = (text: string) => failure(save('x.ics', text), { kind: 'tasks' })

  it('is refused with the way out', async () => {
    const events = calendar('BEGIN:VEVENT', 'SUMMARY:Lunch', 'END:VEVENT')
    expect(await fault(events)).toContain('x.ics holds events and no tasks')
    const clients = await failure(save('x.ics', calendar(...OUTLOOK)), { kind: 'clients' })
    expect(clients).toContain('| funnel import tasks x.ics')
    expect(await tasks(calendar())).toEqual({ rows: [], notes: [] })
  })

  it.each([
    ['no end', `BEGIN:VCALENDAR\r\nBEGIN:${CALENDAR_TASK}\r\nSUMMARY:x\r\n`, 'breaks off'],
    ['nested', 'BEGIN:VCALENDAR\r\n'.repeat(100_000), 'is nested too deep'],
    [
      'a task that never ends',
      `BEGIN:VCALENDAR\r\nBEGIN:${CALENDAR_TASK}\r\n${'COMMENT:aaaaaaaaaaaaaaa\r\n'.repeat(190_000)}`,
      'too long',
    ],
  ])('is refused at once: %s', async (_, text, said) => {
    const began = performance.now()
    expect(await fault(text)).toContain(said)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it.each([
    ['a line of 10 MB', `DESCRIPTION:${'ab, '.repeat(2_500_000)}`],
    ['parameters without end', `COMMENT${';X=a'.repeat(200_000)}:b`],
    ['quotes without end', `COMMENT${';X="'.repeat(200_000)}`],
  ])('is read in time, or refused: %s', async (_, line) => {
    const began = performance.now()
    const text = calendar(...todo('SUMMARY:x', line))
    const found = await tasks(text).catch((error: Error) => error.message)
    const said = typeof found === 'string' ? found : (found.rows[0]?.text ?? '')
    expect(said.slice(0, 100)).toMatch(/^x\b|too long/)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { readLength } from '../../src/import/values/lengths.ts'
import { type Desk, emptyDesk } from '../support/funnel.ts'

function berlin(): Desk {
  const made = emptyDesk()
  made.ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
  return made
}

interface Result {
  created: number
  updated: number
  unchanged: number
  rejected: number
  rejects: { reason: string }[]
}

/** Saves lines as a file and brings it in. */
function bring({ file, run }: Desk, kind: string, name: string, lines: readonly string[]) {
  writeFileSync(file(name), lines.join('\n'))
  const { out, err } = run('import', kind, name, '--json', '--create', 'all', '--max-rejects', '9')
  return { ...(JSON.parse(out) as Result), said: err }
}

interface Held {
  text: string
  at: string
  time: string | null
  minutes: number | null
}

function held({ json }: Desk): [string, string, string | null, number | null][] {
  return (json('client', 'show', '1').interactions as Held[])
    .map(({ text, at, time, minutes }): [string, string, string | null, number | null] => [
      text,
      at,
      time,
      minutes,
    ])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

describe('a list of interactions', () => {
  it('has times next to the date, in a column of its own, in another zone, and lengths', () => {
    const made = berlin()
    made.ok('client', 'add', 'Acme')
    const done = bring(made, 'interactions', 'calls.csv', [
      'Client,Date,Time,Call duration (sec),Text',
      'Acme,2026-11-02 14:30,,754,a',
      'Acme,2026-11-02,9:05,0,b',
      'Acme,2026-11-02,2:15 PM,30,c',
      // 22:30 in UTC is half past eleven in Berlin, and 23:30 of the day before there.
      'Acme,2026-11-02T22:30:00Z,,,d',
      'Acme,2026-11-02T23:30:00Z,,,e',
      'Acme,2026-11-02 00:00:00,,,f',
      // Another program's plain day, as a moment.
      'Acme,2026-11-02T00:00:00Z,,,g',
      'Acme,2026-11-02,0:00,,h',
      // Clocks jumped from 2 to 3.
      'Acme,2026-03-29 02:30,,,i',
      'Acme,2026-11-02,25:00,,x',
      'Acme,2026-11-02 10:00,11:00,,x',
      'Acme,2026-11-02,10:00,long,x',
    ])
    expect(held(made)).toEqual([
      ['a', '2026-11-02', '14:30', 13],
      ['b', '2026-11-02', '09:05', null],
      ['c', '2026-11-02', '14:15', 1],
      ['d', '2026-11-02', '23:30', null],
      ['e', '2026-11-03', '00:30', null],
      ['f', '2026-11-02', null, null],
      ['g', '2026-11-02', null, null],
      ['h', '2026-11-02', '00:00', null],
      ['i', '2026-03-29', '03:30', null],
    ])
    expect(done.rejects.map(({ reason }) => reason)).toEqual([
      '“25:00” is not a time of day: a day has the hours 0 to 23',
      'the row gives two times of day, 10:00 and 11:00',
      '“long” is not a length of time',
    ])
    expect(done.said).toContain('1 time such as 2026-03-29 02:30, which clocks jump over, moved')
    const again = ['import', 'interactions', 'calls.csv', '--max-rejects', '9']
    expect(made.json(...again)).toMatchObject({ created: 0, updated: 0, unchanged: 9 })
  })

  it('tells calls of one day apart by their times, and fills in times that the book lacks', () => {
    const made = berlin()
    made.ok('client', 'add', 'Acme')
    const day = 'Acme,2026-11-02'
    const days = ['Client,Date,Kind,Text', `${day},call,x`, `${day},call,x`]
    expect(bring(made, 'interactions', 'a.csv', days)).toMatchObject({ created: 2 })
    const times = ['Client,Date,Kind,Text', `${day} 15:00,call,x`, `${day} 10:00,call,x`]
    expect(bring(made, 'interactions', 'b.csv', times)).toMatchObject({ created: 0, updated: 2 })
    const more = ['Client,Date,Kind,Text', `${day} 16:00,call,x`, `${day} 10:00,call,x`]
    expect(bring(made, 'interactions', 'c.csv', more)).toMatchObject({ created: 1, unchanged: 1 })
    expect(bring(made, 'interactions', 'a.csv', days)).toMatchObject({ created: 0, unchanged: 2 })
    expect(held(made).map(([, , time]) => time)).toEqual(['16:00', '15:00', '10:00'])
    made.ok('undo')
    made.ok('undo')
    expect(held(made).map(([, , time]) => time)).toEqual([null, null])
  })

  it('reads the headers of seven languages', () => {
    const headers = [
      ['Client', 'Date', 'Start time', 'Duration'],
      ['Kunde', 'Datum', 'Uhrzeit', 'Dauer'],
      ['client', 'date', 'heure', 'durée'],
      ['cliente', 'fecha', 'hora', 'duración'],
      ['клиент', 'дата', 'время', 'длительность'],
      ['ลูกค้า', 'วันที่', 'เวลา', 'ระยะเวลา'],
      ['客户', '日期', '时间', '时长'],
    ]
    for (const [index, header] of headers.entries()) {
      const made = berlin()
      made.ok('client', 'add', 'Acme')
      const rows = [header, ['Acme', '2026-11-02', '14:30', '1h30']].map((row) => row.join(','))
      bring(made, 'interactions', `${index}.csv`, rows)
      expect([header, held(made)[0]?.slice(1)]).toEqual([header, ['2026-11-02', '14:30', 90]])
    }
    // The only column with a time is that of the day.
    const made = berlin()
    made.ok('client', 'add', 'Acme')
    bring(made, 'interactions', 'one.csv', ['Client,Time,Text', 'Acme,20.11.2026 14:30,a'])
    expect(held(made)).toEqual([['a', '2026-11-20', '14:30', null]])
  })

  it.each([
    ['90', 'Minutes', 90, false],
    ['90', 'Duration', 90, true],
    ['1.5', 'Duration (hours)', 90, false],
    ['125000', 'hs_call_duration', 2, false],
    ['0:45:20', 'Call duration (HH:mm:ss)', 45, false],
    ['3:25', 'Duration', 205, true],
    ['20', 'Dauer (Sek.)', 1, false],
  ])('“%s” under “%s” is %i minutes', (text, header, minutes, isGuess) => {
    expect(readLength(text, header)).toEqual({ minutes, isGuess })
  })
})

describe('what goes out and comes back', () => {
  it('keeps times and lengths in CSV, JSON and as a calendar', () => {
    const made = berlin()
    made.ok('client', 'add', 'Acme')
    made.ok('log', 'call', '1', 'a', '--on', '2026-11-02 14:30', '--length', '45m')
    made.ok('log', 'call', '1', 'b', '--on', '2026-11-02 0:00')
    made.ok('task', 'add', 'Show', '--client', '1', '--due', '2026-12-01 14:30', '--length', '1h')
    made.ok('task', 'add', 'Write', '--due', '2026-12-01')
    const tasks = made.json('task', 'list')
    made.ok('export', 'clients', '--out', 'clients.csv')
    for (const format of ['csv', 'json', 'xlsx']) {
      made.ok('export', 'interactions', '--out', `calls.${format}`)
      const other = berlin()
      const from = (name: string): string => made.file(name)
      other.ok('import', 'clients', from('clients.csv'))
      other.ok('import', 'interactions', from(`calls.${format}`))
      expect(held(other)).toEqual(held(made))
    }
    for (const format of ['csv', 'ics']) {
      made.ok('export', 'tasks', '--out', `tasks.${format}`)
      const other = berlin()
      other.ok('import', 'clients', made.file('clients.csv'))
      other.ok('import', 'tasks', made.file(`tasks.${format}`))
      expect(other.json('task', 'list')).toEqual(tasks)
      expect(other.json('import', 'tasks', made.file(`tasks.${format}`))).toMatchObject({
        unchanged: 2,
      })
    }
    // Another reader: 14:30 in Berlin is 13:30 in UTC in winter.
    const read = new ICAL.Component(ICAL.parse(readFileSync(made.file('tasks.ics'), 'utf8')))
    const due = read.getAllSubcomponents()[0]?.getFirstPropertyValue('due') as ICAL.Time
    expect(due.toJSDate().toISOString()).toBe('2026-12-01T13:30:00.000Z')
    expect(made.run('export', 'interactions', '--columns', 'client,at,time,length').out).toContain(
      'Acme,2026-11-02,14:30,45',
    )
  })

  it('comes from a calendar of another program, whatever zone it names', () => {
    const made = berlin()
    const component = 'VTODO' // iCalendar's own word for a task
    const task = (name: string, ...lines: string[]): string[] => [
      `BEGIN:${component}`,
      `UID:${name}`,
      `SUMMARY:${name}`,
      ...lines,
      `END:${component}`,
    ]
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...task('floating', 'DUE:20261201T143000'),
      ...task('utc', 'DUE:20261201T133000Z'),
      ...task('york', 'DUE;TZID=America/New_York:20261201T083000'),
      ...task('unknown', 'DUE;TZID=My own zone:20261201T143000'),
      ...task('span', 'DTSTART;TZID=Europe/Berlin:20261201T143000', 'DURATION:PT1H30M'),
      ...task('both', 'DTSTART:20261201T133000Z', 'DUE:20261201T150000Z'),
      ...task('day', 'DUE;VALUE=DATE:20261201'),
      'END:VCALENDAR',
    ]
    writeFileSync(made.file('x.ics'), text.join('\r\n'))
    const { out, err } = made.run('import', 'tasks', 'x.ics')
    expect(out + err).toContain(
      '1 task has a time in a zone that is not known, which was taken as written',
    )
    const columns = ['--columns', 'text,due,time,minutes']
    const found = made.json<{ tasks: Omit<Held, 'at'>[] }>('task', 'list', ...columns).tasks
    const at = (name: string) => {
      const { time, minutes } = found.find(({ text: one }) => one === name) ?? {}
      return [time, minutes]
    }
    for (const name of ['floating', 'utc', 'york', 'unknown'])
      expect(at(name)).toEqual(['14:30', null])
    for (const name of ['span', 'both']) expect(at(name)).toEqual(['14:30', 90])
    expect(at('day')).toEqual([null, null])
  })
})

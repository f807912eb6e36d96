import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import { folded } from '../../src/render/content-lines.ts'
import { calendarOfEvents } from '../../src/render/calendar-events.ts'
import { desk } from '../support/funnel.ts'

const STAMP = '2026-11-23T12:00:00.000Z'

function unfold(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n')
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

describe('a calendar', () => {
  it('folds after 75 octets, inside no character, and unfolds to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = text.replaceAll(/[\r\n]/g, '')
        const lines = folded(line).slice(0, -2).split('\r\n')
        for (const part of lines) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75)
        expect(lines.map((part, index) => (index === 0 ? part : part.slice(1))).join('')).toBe(line)
      }),
    )
  })

  it('says of each entry what was to be said, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 100 }), { maxLength: 5 }),
        (texts) => {
          const entries = texts.map((summary, index) => ({
            uid: `${index}@x`,
            on: '2026-11-23' as Day,
            summary: summary.replaceAll('\r', ''),
            description: 'a, b; c\nd\\e',
          }))
          const lines = unfold(calendarOfEvents(entries, STAMP))
          const read = (name: string): string[] =>
            lines
              .filter((line) => line.startsWith(name))
              .map((line) => unescape(line.slice(name.length)))
          expect(read('SUMMARY:')).toEqual(entries.map(({ summary }) => summary))
          expect(read('DESCRIPTION:')).toEqual(entries.map(({ description }) => description))
        },
      ),
    )
  })

  it('is all-day entries that end the day after, also at the end of a year', () => {
    const on = '2026-12-31' as Day
    const text = calendarOfEvents(
      [{ uid: 'task-1@book', on, summary: 's', description: '' }],
      STAMP,
    )
    expect(text).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n')
    expect(text).toContain('DTSTAMP:20261123T120000Z\r\n')
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:')).toBe(true)
    expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
  })
})

describe('funnel today --ics', () => {
  it('writes what is due, under the same ids every time, and the late on today', () => {
    const { ok, file, run } = desk()
    ok('client', 'add', 'Кафе; "Волга", \\')
    ok('task', 'add', 'Ring', '--due', '2026-11-20', '--client', '1')
    ok('task', 'add', 'Write', '--due', 'friday')
    expect(ok('today', '--week', '--ics', 'today.ics')).toBe('wrote 2 entries to today.ics\n')
    const text = readFileSync(file('today.ics'), 'utf8')
    const lines = unfold(text)
    const uids = lines.filter((line) => line.startsWith('UID:'))
    expect(uids.map((line) => line.split('@')[0])).toEqual(['UID:task-1', 'UID:task-2'])
    expect(text).toContain('DTSTART;VALUE=DATE:20261123')
    expect(text).toContain('DTSTART;VALUE=DATE:20261127')
    expect(lines).toContain(String.raw`SUMMARY:Кафе\; "Волга"\, \\: Ring`)
    expect(ok('today', '--week', '--ics', '-')).toBe(text)
    const refused = run('today', '--ics', 'none/today.ics')
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.err).toContain('cannot be written: there is no folder')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines } from '../../src/documents/breaks.ts'
import { drawnThai, settable, splitRuns } from '../../src/documents/pdf/runs.ts'
import { previewText } from '../../src/documents/preview.ts'
import { modulesOf, qrText } from '../../src/documents/qr.ts'
import { sampleFields, sampleLine } from '../support/documents.ts'

const letters = (text: string): number => Array.from(text).length

describe('a line ends', () => {
  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['one\n\ntwo', 8, ['one', '', 'two']],
    ['Hafen-Straße', 8, ['Hafen-', 'Straße']],
    ['04011000-06 and more', 11, ['04011000-06', 'and more']],
    ['04011000-1234512345', 12, ['04011000-', '1234512345']],
    ['Dampfschifffahrt', 6, ['Dampfs', 'chifff', 'ahrt']],
    ['ค่าที่ปรึกษาสำหรับงาน', 14, ['ค่าที่ปรึกษา', 'สำหรับงาน']],
    ['a'.repeat(5), 0.5, ['a', 'a', 'a', 'a', 'a']],
  ])('of %j at %d: %j', (text, width, lines) => {
    expect(breakLines(text, width, letters)).toEqual(lines)
  })

  it('nowhere but there: all letters stay, in lines that fit', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ก', 'น้ำ', ' ', '-', '/', '7', '\n', 'é') })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (wanted, width) => {
        const lines = breakLines(wanted, width, letters)
        const bare = (all: string): string => all.replaceAll(/\s/g, '')
        expect(bare(lines.join(''))).toBe(bare(wanted))
        for (const line of lines) {
          const graphemes = Array.from(new Intl.Segmenter('en').segment(line))
          expect(letters(line) <= width || graphemes.length === 1).toBe(true)
        }
      }),
    )
  })
})

describe('letters', () => {
  const has = (font: number, code: number): boolean =>
    font === 0 ? code < 0x250 : font === 1 && code > 0xe00 && code < 0xe5c

  it('are split into runs by which font has them, marks with what they stand on', () => {
    expect(splitRuns('Tea ชา 2', 2, has)).toEqual([
      { font: 0, text: 'Tea ' },
      { font: 1, text: 'ชา' },
      { font: 0, text: ' 2' },
    ])
    expect(splitRuns('น้ำ中', 2, has)).toEqual([
      { font: 1, text: 'น้ำ' },
      { font: -1, text: '中' },
    ])
  })

  it('of Thai have the circle of sara am below the tone mark', () => {
    expect(drawnThai('น้ำ ทำ')).toBe('น\u0E4D\u0E49\u0E32 ท\u0E4D\u0E32')
  })

  it('are composed, and nothing that is not seen goes with them', () => {
    expect(settable('Mu\u0308ller\u0000\u202E\u200F\u00AD\uD800\r\nA\tB')).toBe('Müller\nA B')
  })
})

describe('a preview', () => {
  const terminal = { width: 80, measure: letters }

  it('has the document in columns, no line wider than the terminal', () => {
    const lines = [
      sampleLine(1, { details: 'With travel to the site and back, by agreement' }),
      sampleLine(12, { name: 'Generator', price: '12,345.00', discount: '5%', net: '11,727.75' }),
    ]
    const text = previewText(sampleFields({ lines }), null, terminal)
    const drawn = text.split('\n')
    expect(Math.max(...drawn.map(letters))).toBeLessThanOrEqual(80)
    expect(drawn.find((line) => line.startsWith('12'))).toMatch(/^12 {2}Generator .* 11,727\.75$/)
    expect(text).toContain('Harbour & Sons Ltd')
    const narrow = previewText(sampleFields({ lines }), null, { ...terminal, width: 30 })
    expect(narrow).toContain('11,727.75')
  })

  it('has nothing that controls the terminal', () => {
    const evil = '\u001B[2J\u009B31m\u202Eevil\u0007'
    const text = previewText(
      sampleFields({
        title: evil,
        note: evil,
        lines: [sampleLine(1, { name: evil, unit: evil })],
        facts: [{ name: 'due', label: evil, value: evil }],
      }),
      null,
      terminal,
    )
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
    expect(text).toContain('evil')
  })

  it('shows the payment code in half blocks, if it fits', () => {
    const payload = 'BCD\n002\n1\nSCT\n\nÄnn\nDE89370400440532013000\nEUR1.00'
    const drawn = qrText(payload)
    const rows = modulesOf(payload)
    const isDark = (row: number, column: number): boolean => {
      const sign = Array.from(drawn[Math.floor((row + 2) / 2)] ?? '')[column + 2] ?? ''
      return !(row % 2 === 0 ? '█▀' : '█▄').includes(sign)
    }
    expect(rows.map((row, at) => row.map((_, column) => isDark(at, column)))).toEqual(rows)
    const code = { kind: 'epc' as const, payload }
    expect(previewText(sampleFields(), code, terminal)).toContain(drawn[3])
    expect(previewText(sampleFields(), code, { ...terminal, width: 30 })).not.toContain('█')
  })
})

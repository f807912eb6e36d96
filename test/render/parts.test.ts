import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Column, listReport, type Row } from '../../src/domain/table.ts'
import { render } from '../../src/render/index.ts'
import { type Parts, renderParts } from '../../src/render/parts.ts'
import type { Screen } from '../../src/render/screen.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'title', label: 'Titel\u001B[31m 名', type: 'text' },
  { key: 'amount', label: 'Amount', type: 'money' },
  { key: 'chance', label: 'Chance', type: 'share', optional: true },
  { key: 'tags', label: 'Tags', type: 'names' },
  { key: 'properties', label: 'Properties', type: 'pairs', hidden: true },
]

const ROW: fc.Arbitrary<Row> = fc.record({
  id: fc.nat(99_999),
  title: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', 'a\nb', '"deals": []', '\uE000'),
  ),
  amount: fc.option(
    fc.oneof(
      fc.nat(),
      fc.nat(1000).map((whole) => whole * 100),
    ),
  ),
  chance: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  tags: fc.array(fc.string(), { maxLength: 2 }).map((names) => JSON.stringify(names)),
  properties: fc.constant('[{"name":"Fleet","value":"9"}]'),
})

/** What a pipe is, and a pipe that has no more than ASCII. */
const PIPES: Screen[] = [true, false].map((unicode) => ({
  terminal: false,
  colour: false,
  unicode,
  width: null,
  height: null,
}))

it('writes a list in parts as it does in one', async () => {
  const rowsInParts = fc.array(fc.array(ROW, { maxLength: 4 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(rowsInParts, fc.constantFrom(...PIPES), async (all, screen) => {
      fc.pre(all.flat().length > 0)
      const section = { key: 'deals', columns: COLUMNS, rows: [] as Row[] }
      const list = {
        ...listReport('deals', 'Deals (9)', section, { currency: { code: 'EUR', digits: 2 } }),
        subtitle: ['Where: title=x'],
        notes: ['A note'],
      }
      const parts: Parts = async function* () {
        yield* all
      }
      for (const format of ['screen', 'json', 'csv'] as const) {
        const whole = { ...list, sections: [{ ...section, rows: all.flat() }] }
        let text = ''
        for await (const piece of renderParts(list, parts, format, screen)) text += piece
        expect(text).toBe(await render(whole, format, screen))
      }
    }),
    { numRuns: 100 },
  )
})

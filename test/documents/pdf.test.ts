import { expect, test } from 'vitest'
import { toPdf } from '../../src/documents/pdf/index.ts'
import { day } from '../support/book.ts'
import { PLAIN_LOOK, sampleFields } from '../support/documents.ts'

const ON = { code: null, day: day('2026-11-29') }

test('the same invoice gives the same bytes, and another one an identifier of its own', async () => {
  const once = await toPdf(sampleFields(), PLAIN_LOOK, ON)
  const again = await toPdf(sampleFields(), PLAIN_LOOK, ON)
  expect(Buffer.compare(once.bytes, again.bytes)).toBe(0)
  const other = await toPdf(sampleFields({ title: 'Invoice 2026-0043' }), PLAIN_LOOK, ON)
  const id = (bytes: Uint8Array) =>
    /\/ID \[<(\w+)>/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  expect(id(once.bytes)).toBe(id(again.bytes))
  expect(id(other.bytes)).not.toBe(id(once.bytes))
})

test('letters that no font has are named once, and the document is made', async () => {
  const note = '中文 and 中, שלום, हि, but ไทย, Ελλάδα, Россия, Việt Nam and ✓ € ₽ ฿ £'
  const { missing } = await toPdf(sampleFields({ note }), PLAIN_LOOK, ON)
  expect(missing).toEqual([
    'U+4E2D 中',
    'U+6587 文',
    'U+05E9 ש',
    'U+05DC ל',
    'U+05D5 ו',
    'U+05DD ם',
    'U+0939 ह',
    'U+093F ि',
  ])
})

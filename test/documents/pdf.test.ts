import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toPdf } from '../../src/documents/pdf/index.ts'
import type { Logo } from '../../src/domain/firm/logo.ts'
import { day } from '../support/book.ts'
import { PLAIN_LOOK, sampleFields } from '../support/documents.ts'

const ON = { code: null, day: day('2026-11-29') }

/** A PDF file with its streams unpacked. */
function unpacked(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  return text.replaceAll(/stream\n([^]*?)\nendstream/g, (whole, body: string) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return whole
    }
  })
}

const idOf = (bytes: Uint8Array): string | undefined =>
  /\/ID \[<(\w+)>/.exec(Buffer.from(bytes).toString('latin1'))?.[1]

describe('a PDF document', () => {
  it('is the same, byte for byte, for the same invoice, and another for another', async () => {
    const once = await toPdf(sampleFields(), PLAIN_LOOK, ON)
    const again = await toPdf(sampleFields(), PLAIN_LOOK, ON)
    expect(Buffer.compare(once.bytes, again.bytes)).toBe(0)
    const other = await toPdf(sampleFields({ note: 'Paid in cash' }), PLAIN_LOOK, ON)
    expect(idOf(other.bytes)).not.toBe(idOf(once.bytes))
  })

  it('names the letters that no font has, each once, and is made all the same', async () => {
    const note = '中文 and 中, שלום, हि, but ไทย น้ำ, Ελλάδα, Россия, Việt Nam and ✓ € ₽ ฿ £'
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

  it('is PDF/A-3b: title, language, colours and metadata, whatever the title holds', async () => {
    const title = 'Invoice <1> & "2"\u0007'
    const { bytes } = await toPdf(sampleFields({ title, language: 'de-CH' }), PLAIN_LOOK, ON)
    const text = unpacked(bytes)
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(text).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    expect(text).toContain('Invoice &lt;1&gt; &amp; &quot;2&quot;</rdf:li>')
    expect(text).toContain('<pdf:Producer>funnel</pdf:Producer>')
    expect(text).toContain('<xmp:CreateDate>2026-11-29T00:00:00Z</xmp:CreateDate>')
    expect(text).toContain('/Lang (de-CH)')
    expect(text).toContain('/S /GTS_PDFA1')
    expect(text).toContain('(D:20261129000000Z)')
  })

  it('holds files, with what they are to it and what the metadata say of them', async () => {
    const file = {
      name: 'factur-x.xml',
      bytes: Buffer.from('<invoice/>'),
      description: 'Factur-X',
      relationship: 'Alternative' as const,
      xmp: '<rdf:Description rdf:about="" xmlns:fx="urn:fx"><fx:Version>1.0</fx:Version></rdf:Description>',
    }
    const { bytes } = await toPdf(sampleFields(), PLAIN_LOOK, { ...ON, embed: [file] })
    const text = unpacked(bytes)
    expect(text).toContain('<invoice/>')
    expect(text).toContain('<fx:Version>1.0</fx:Version>')
    expect(text).toMatch(/\/AF \[\d+ 0 R\]/)
    expect(text).toContain('/AFRelationship /Alternative')
    expect(text).toContain('(D:20261129000000Z)')
  })

  it('has the blocks that are wanted, in their order', async () => {
    const blocks = ['title', 'payment', 'lines'] as const
    const all = await toPdf(sampleFields(), PLAIN_LOOK, ON)
    const some = await toPdf(sampleFields(), { ...PLAIN_LOOK, blocks }, ON)
    expect(some.bytes.length).toBeLessThan(all.bytes.length)
    expect(unpacked(all.bytes)).toContain('/MediaBox [0 0 595.28 841.89]')
    const letter = await toPdf(sampleFields(), PLAIN_LOOK, { ...ON, page: 'letter' })
    expect(unpacked(letter.bytes)).toContain('/MediaBox [0 0 612 792]')
  })
})

/** A PNG file of bytes of pixels. */
function png(wide: number, high: number, pixels: Buffer, color = 6): Logo {
  const chunk = (kind: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length, 0)
    head.write(kind, 4, 'latin1')
    return Buffer.concat([head, body, Buffer.alloc(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(wide, 0)
  head.writeUInt32BE(high, 4)
  head.set([8, color], 8)
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', sign)]
  return { kind: 'png', bytes: Buffer.concat([sign, ...parts]) }
}

describe('a logo', () => {
  const withLogo = (logo: Logo) => toPdf(sampleFields(), { ...PLAIN_LOOK, logo }, ON)

  it('may be PNG, with transparency or without, or SVG with texts', async () => {
    const clear = await withLogo(png(20, 10, Buffer.alloc(10 * 81, 0)))
    expect(unpacked(clear.bytes)).toContain('/SMask')
    const plain = await withLogo(png(20, 10, Buffer.alloc(10 * 61, 0), 2))
    expect(unpacked(plain.bytes)).toContain('/Subtype /Image')
    const svg = '<svg viewBox="0 0 10 10"><text y="5" font-family="Arial">Müller</text></svg>'
    const drawn = await withLogo({ kind: 'svg', bytes: Buffer.from(svg) })
    expect(unpacked(drawn.bytes)).not.toMatch(/\/BaseFont \/(?:Helvetica|Arial)/)
  })

  const many = Array.from({ length: 6 }, (_, level) => {
    const copy = `<use href="#a${level}"/>`
    return `<g id="a${level + 1}">${copy}${copy}</g>`
  })

  it.each<[string, Logo, RegExp]>([
    ['cut off', png(20, 10, Buffer.alloc(100)), /is damaged/],
    ['a bomb', png(20, 10, Buffer.alloc(50_000_000)), /is damaged/],
    ['huge', png(30_000, 30_000, Buffer.alloc(100)), /30000 × 30000 pixels/],
    ['no JPEG', { kind: 'jpeg', bytes: Buffer.from([255, 216, 255, 224, 0, 1]) }, /is damaged/],
    [
      'an SVG of copies',
      { kind: 'svg', bytes: Buffer.from(`<svg>${many.join('')}</svg>`) },
      /copies/,
    ],
  ])('that is %s is refused, with what to do', async (_, logo, why) => {
    await expect(withLogo(logo)).rejects.toMatchObject({
      message: expect.stringMatching(why) as unknown,
      hint: 'give another one: funnel company set --logo FILE',
    })
  })
})

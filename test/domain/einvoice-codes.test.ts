import { describe, expect, it } from 'vitest'
import { isInPeppol, readEAddress, registerId } from '../../src/domain/einvoice/e-address.ts'
import { exemptionOf } from '../../src/domain/einvoice/exemptions.ts'
import { unitCode, unitWord } from '../../src/domain/einvoice/units.ts'
import { leaf, nodeText } from '../../src/domain/xml.ts'

describe('codes of e-invoices', () => {
  it('are found for the units that people write', () => {
    const said: readonly [string | null, string][] = [
      ['h', 'HUR'],
      ['Std.', 'HUR'],
      ['час', 'HUR'],
      ['ชม.', 'HUR'],
      ['День', 'DAY'],
      ['pcs', 'H87'],
      ['Stück', 'H87'],
      ['m²', 'MTK'],
      ['km', 'KMT'],
      ['month', 'MON'],
      ['lump sum', 'LS'],
      ['KGM', 'KGM'],
      ['bunch', 'C62'],
      [null, 'C62'],
    ]
    expect(said.map(([text]) => unitCode(text))).toEqual(said.map(([, code]) => code))
    expect(['HUR', 'C62', 'XYZ'].map(unitWord)).toEqual(['h', null, 'XYZ'])
  })

  it('say in which scheme an address is', () => {
    const said: readonly [string, string | null, string][] = [
      ['0088:4012345000009', '0088', '4012345000009'],
      ['04011000-1234512345-06', '0204', '04011000-1234512345-06'],
      ['bills@harbour.example', 'EM', 'bills@harbour.example'],
      ['DE136695976', '9930', 'DE136695976'],
      ['BE0428759497', '9925', 'BE0428759497'],
    ]
    for (const [text, scheme, id] of said) expect(readEAddress(text)).toEqual({ scheme, id })
    expect(readEAddress('the usual one')).toBeNull()
    expect(['0088', 'EM', null].map(isInPeppol)).toEqual([true, false, false])
  })

  it('say in which register a company is', () => {
    expect(registerId('HRB 12345, Hamburg', 'DE')).toEqual({
      scheme: null,
      id: 'HRB 12345, Hamburg',
    })
    expect(registerId('KvK 12345678', 'NL')).toEqual({ scheme: '0106', id: '12345678' })
    expect(registerId('CVR 13 58 56 28', 'DK')).toEqual({ scheme: '0184', id: '13585628' })
    expect(registerId(null, 'DK')).toBeNull()
  })

  it('say why no tax is charged', () => {
    expect(exemptionOf('S', 'x')).toBeNull()
    expect(exemptionOf('AE', null)).toEqual({ code: 'VATEX-EU-AE', text: 'Reverse charge' })
    expect(exemptionOf('K', 'Innergemeinschaftliche Lieferung')).toEqual({
      code: 'VATEX-EU-IC',
      text: 'Innergemeinschaftliche Lieferung',
    })
    expect(exemptionOf('E', 'VATEX-EU-132-1I: Training')).toEqual({
      code: 'VATEX-EU-132-1I',
      text: 'Training',
    })
    expect(exemptionOf('E', null)).toEqual({ code: null, text: null })
  })
})

it('XML has no characters that it forbids, and no empty elements', () => {
  const node = leaf('a', 'x\u0000\u001B\uFFFE\uD800 <b> & "c"\r\nd', { e: '"<' })
  expect(node && nodeText(node)).toBe('<a e="&quot;&lt;">x &lt;b&gt; &amp; &quot;c&quot;\nd</a>')
  expect([leaf('a', ' \u0000'), leaf('a', null)]).toEqual([undefined, undefined])
})

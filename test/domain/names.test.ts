import { describe, expect, it } from 'vitest'
import { parseContactPoint } from '../../src/domain/contact-point.ts'
import { nameKey, tidyLines, tidyName, tidyText } from '../../src/domain/name.ts'
import { seededRandom } from '../../src/domain/random.ts'
import { share, smoothedShare } from '../../src/domain/share.ts'

describe('names', () => {
  it('lose what a terminal would obey', () => {
    expect(tidyName('\u001b[31mAcme\u001b[0m\u0007')).toBe('[31mAcme[0m')
    expect(tidyName('Acme\u202Etxt.exe')).toBe('Acmetxt.exe')
    expect(tidyName('\u009b31mAcme')).toBe('31mAcme')
  })

  it('are one name in any spelling of it', () => {
    expect(nameKey('  ACME\t Ltd ')).toBe('acme ltd')
    expect(nameKey('Ｃａｆé')).toBe(nameKey('cafe\u0301'))
    expect(nameKey('ЗАВОД')).toBe('завод')
  })

  it('keep line breaks where text has them', () => {
    expect(tidyText('one\r\ntwo\rthree\n')).toBe('one\ntwo\nthree')
    expect(tidyLines(' one  and \r\n\r\n\ttwo\n')).toBe('one and\n\ntwo')
    expect(tidyLines(' one  and\ttwo ')).toBe('one and two')
  })
})

describe('contact points', () => {
  it('are kept as shown and found by key', () => {
    expect(parseContactPoint('email', ' Ann@Example.COM ')).toMatchObject({
      key: 'ann@example.com',
    })
    expect(parseContactPoint('phone', '+1 (512) 757-6000')).toMatchObject({
      value: '+1 (512) 757-6000',
      key: '+15127576000',
    })
    expect(parseContactPoint('website', 'https://www.Acme.com/')).toMatchObject({ key: 'acme.com' })
  })

  it.each(['ann', 'ann@', 'ann@example', '@example.com', 'a b@example.com'])(
    'refuse “%s” as an e-mail address',
    (text) => {
      expect(() => parseContactPoint('email', text)).toThrow('not an e-mail')
    },
  )

  it('refuse a phone number without digits', () => {
    expect(() => parseContactPoint('phone', 'n/a')).toThrow('not a phone')
  })
})

describe('shares', () => {
  it('of nothing are unknown', () => {
    expect(share(0, 0)).toBeNull()
    expect(share(12, 20)).toBe(0.6)
  })

  it('are drawn in from 0 and 1', () => {
    expect(smoothedShare(12, 20)).toBeCloseTo(12.5 / 21, 12)
    expect(smoothedShare(0, 0)).toBe(0.5)
    expect(smoothedShare(20, 20)).toBeLessThan(1)
    expect(smoothedShare(0, 20)).toBeGreaterThan(0)
  })
})

describe('seeded numbers', () => {
  it('are the same for the same seed, and spread evenly', () => {
    const draw = (seed: number): number[] => Array.from({ length: 10_000 }, seededRandom(seed))
    expect(draw(7)).toEqual(draw(7))
    const mean = draw(7).reduce((sum, value) => sum + value, 0) / 10_000
    expect(mean).toBeCloseTo(0.5, 1)
    expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true)
  })
})

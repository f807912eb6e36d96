import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseContactPoint } from '../../src/domain/contact-point.ts'
import { compareNames } from '../../src/domain/duplicates/compare-names.ts'
import {
  contactKeys,
  numberKey,
  refKey,
  type SharedKey,
} from '../../src/domain/duplicates/contact-keys.ts'
import { editDistance } from '../../src/domain/duplicates/edit-distance.ts'
import { nameWords } from '../../src/domain/duplicates/name-words.ts'
import { pairNames } from '../../src/domain/duplicates/pair-names.ts'
import { holders } from '../../src/domain/duplicates/pair-sharing.ts'
import { pairs } from '../../src/domain/duplicates/pairs.ts'
import { type Candidate, scorePair, type Shared } from '../../src/domain/duplicates/score.ts'

function company(name: string, region: string | null = null): Candidate {
  return { name, kind: 'company', region }
}

function shared(kind: Shared['kind'], text: string, count = 2): Shared {
  return { kind, key: text, text, holders: count }
}

function namePairs(names: string[]): string[] {
  const found = pairs()
  pairNames(names, found)
  const list: string[] = []
  found.each((a, b) => list.push(`${names[a]} = ${names[b]}`))
  return list
}

describe('the words of a name', () => {
  it.each([
    ['Müller & Söhne GmbH & Co. KG', ['muller', 'sohne']],
    ['S.A.R.L. Dupont', ['dupont']],
    ['Pier Nine Pty Ltd', ['pier', 'nine']],
    ['ООО «Ромашка»', ['ромашка']],
    ['ИП Иванов И. И.', ['иванов', 'ии']],
    ['Общество с ограниченной ответственностью "Рога и копыта"', ['рога', 'копыта']],
    ['บริษัท ทดสอบ จำกัด (มหาชน)', nameWords('ทดสอบ')],
    ['บริษัททดสอบจำกัด', nameWords('ทดสอบ')],
    ['株式会社東京貿易', ['東京貿易']],
    ["O'Brien Foods, Inc.", ['obrien', 'foods']],
    ['Dansk Stål A/S', ['dansk', 'stal']],
    ['Weiß Straßenbau', ['weiss', 'strassenbau']],
    ['Łódź Ørsted', ['lodz', 'orsted']],
    ['Yıldız Market', ['yildiz', 'market']],
    ['Krupp Aktiengesellschaft', ['krupp']],
    ['Müller Aktiengesellschaft', ['muller']],
    ['Krause e.K.', ['krause']],
    ['Krause e. K., Kiel', ['krause', 'kiel']],
    ['Krause e.Kfm.', ['krause']],
    ['Müller u. Söhne OHG', ['muller', 'sohne']],
    ['Stadtwerke Kiel AöR', ['stadtwerke', 'kiel']],
    ['Stadtwerke Kiel A.ö.R.', ['stadtwerke', 'kiel']],
    ['Volksbank Kiel eG', ['volksbank', 'kiel']],
    ['Roth Rechtsanwälte PartG mbB', ['roth', 'rechtsanwalte']],
    ['Roth PartGmbB', ['roth']],
    ['EK Group', ['ek', 'group']],
    ['E. K. Krause', ['ek', 'krause']],
    ['Krause, E. K.', ['krause', 'ek']],
    ['U-Haul', ['u', 'haul']],
    ['MBB Industries', ['mbb', 'industries']],
    ['Clinic AOR', ['clinic', 'aor']],
    ['Ltd', ['ltd']],
  ])('%s', (name, words) => {
    expect(nameWords(name)).toEqual(words)
  })
})

describe('the distance of two texts', () => {
  it.each([
    ['harbour', 'harbour', 0],
    ['habour', 'harbour', 1],
    ['habrour', 'harbour', 1],
    ['harbor', 'harbour', 1],
    ['harbour', 'harvest', 4],
    ['', 'abc', 3],
  ])('%s, %s: %i', (a, b, off) => {
    expect(editDistance(a, b)).toBe(off)
    expect(editDistance(b, a)).toBe(off)
  })

  it('is at most two for two changes of a letter', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(word, fc.nat(11), fc.string({ maxLength: 1 }), (text, at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        expect(editDistance(text, changed)).toBeLessThanOrEqual(1 + letter.length)
      }),
    )
  })
})

describe('two names', () => {
  it.each([
    ['ACME  Ltd', 'Acme ltd', 'same name'],
    ['Acme Ltd', 'Acme GmbH', 'same name but for legal form or punctuation'],
    ['Ромашка ООО', 'ООО «Ромашка»', 'same name but for legal form or punctuation'],
    ['Lee, Ann', 'Ann Lee', 'same words in another order'],
    ['Harbour Foods', 'HarbourFoods Inc', 'same name but for spaces'],
    ['Habour Foods', 'Harbour Foods', 'names differ by 1 letter'],
    ['Zarbour Foods', 'Harbour Foods', 'names differ by 1 letter'],
    ['Harbour Foods', 'Harbour Foods Trading', 'one name is part of the other'],
    ['Shop 12', 'Shop 13', 'names differ in a number'],
    ['ABC Foods', 'ABD Foods', 'names differ'],
    ['Harbour Foods', 'Pier Nine', 'names differ'],
  ])('%s, %s: %s', (a, b, why) => {
    expect(compareNames(a, b).why).toBe(why)
    expect(compareNames(b, a).why).toBe(why)
  })

  it('are alike by the letters they are off', () => {
    // 0.8 × (1 − 4 · 1 / 12): “harbourfoods” has 12 letters.
    expect(compareNames('Habour Foods', 'Harbour Foods').likeness).toBeCloseTo(0.533, 3)
    // 0.6 × 12 / 19.
    expect(compareNames('Harbour Foods', 'Harbour Foods Trading').likeness).toBeCloseTo(0.379, 3)
  })
})

describe('what clients can share', () => {
  it('is a domain, unless its host serves everybody', () => {
    const of = (kind: 'email' | 'website', key: string) =>
      contactKeys({ kind, value: key, key }).map((found) => `${found.kind} ${found.key}`)
    expect(of('email', 'ann@pier.example')).toEqual([
      'email ann@pier.example',
      'domain pier.example',
    ])
    expect(of('email', 'ann@gmail.com')).toEqual(['email ann@gmail.com'])
    expect(of('website', 'pier.example/de')).toEqual(['domain pier.example'])
    expect(of('website', 'facebook.com/pier')).toEqual(['website facebook.com/pier'])
    const { key, value } = parseContactPoint('website', 'https://')
    expect(contactKeys({ kind: 'website', key, value })).toEqual([])
  })

  it('is a phone number with its extension, however its country is written', () => {
    const of = (key: string) => contactKeys({ kind: 'phone', value: key, key })[0]?.key
    expect(of('0812345678')).toBe(of('+66812345678'))
    expect(of('+66812345678;ext=12')).toBe(of('0812345678;ext=12'))
    expect(of('+66812345678;ext=12')).not.toBe(of('+66812345678;ext=13'))
    expect(of('+66812345678;ext=12')).not.toBe(of('+66812345678'))
  })

  it('is a long number, not a day', () => {
    expect(numberKey('INN', '7701 234567')).toMatchObject({ key: '7701234567' })
    expect(numberKey('VAT', 'de 123 456 789')).toMatchObject({ key: 'DE123456789' })
    expect(numberKey('Since', '2026-01-31')).toBeNull()
    expect(numberKey('Fleet', '14')).toBeNull()
  })

  it('is a reference but for its spelling', () => {
    expect(refKey('C-0012')?.key).toBe(refKey('c12')?.key)
    expect(refKey('C-0012')?.key).not.toBe(refKey('C-0120')?.key)
    expect(refKey('7')).toBeNull()
  })
})

describe('clients that share something', () => {
  const pairedBy = (held: [place: number, what: SharedKey][]): string[] => {
    const sharing = holders()
    for (const [place, what] of held) sharing.add(place, what)
    const found = pairs()
    sharing.pairUp(found)
    const list: string[] = []
    found.each((a, b, common) => list.push(`${a} ${b}: ${common.map(({ text }) => text).join()}`))
    return list
  }
  const phone = (number: string): SharedKey => ({
    kind: 'phone',
    key: number.slice(-9),
    text: number,
    number,
  })

  it('are paired once, however often one of them has it', () => {
    const [abroad, home] = [phone('+66812345678'), phone('0812345678')]
    expect(
      pairedBy([
        [0, home],
        [0, abroad],
        [1, home],
      ]),
    ).toEqual(['0 1: 0812345678'])
    expect(
      pairedBy([
        [0, home],
        [0, abroad],
      ]),
    ).toEqual([])
  })

  it('are shown with both spellings of their reference', () => {
    const ref = (text: string): SharedKey => ({ kind: 'ref', key: 'c12', text })
    expect(
      pairedBy([
        [0, ref('C-0012')],
        [1, ref('c12')],
      ]),
    ).toEqual(['0 1: C-0012, c12'])
  })

  it('are not paired where more than ten have it', () => {
    const office = (count: number) =>
      pairedBy(Array.from({ length: count }, (_, place) => [place, phone('0812345678')]))
    expect(office(10)).toHaveLength(45)
    expect(office(11)).toEqual([])
  })
})

describe('the score of a pair', () => {
  it('adds up evidence as if each stood on its own', () => {
    const pair = [company('Habour Foods'), company('Harbour Foods')] as const
    const phone = shared('phone', '+66 81 234 5678')
    // 1 − (1 − 0.533)(1 − 0.7).
    expect(scorePair(...pair, [phone])).toMatchObject({
      score: expect.closeTo(0.86, 3),
      why: 'same phone +66 81 234 5678; names differ by 1 letter',
    })
  })

  it('is small where many share, or the names are others', () => {
    const pair = [company('Harbour Foods'), company('Pier Nine')] as const
    // 0.6 × 0.7, and a fifth of that for ten holders.
    expect(scorePair(...pair, [shared('phone', '1')]).score).toBeCloseTo(0.42)
    expect(scorePair(...pair, [shared('phone', '1', 10)])).toMatchObject({
      score: expect.closeTo(0.084),
      why: 'same phone 1 (shared by 10); names differ',
    })
  })

  it('does not count an address and its domain twice', () => {
    const pair = [company('Acme'), company('Acme')] as const
    const mail = shared('email', 'a@acme.example')
    const domain = shared('domain', 'acme.example')
    expect(scorePair(...pair, [mail, domain])).toEqual(scorePair(...pair, [mail]))
    expect(scorePair(...pair, [domain]).why).toBe('same domain acme.example; same name')
  })

  it('is lower for people and for other regions', () => {
    const ann: Candidate = { name: 'Ann Lee', kind: 'person', region: null }
    expect(scorePair(ann, ann, []).score).toBeCloseTo(0.6375)
    const regions = scorePair(company('Acme', 'North'), company('Acme', 'South'), [])
    expect(regions).toEqual({
      score: expect.closeTo(0.7225),
      why: 'same name; regions differ (North, South)',
    })
  })

  it('stays within 0…1 and does not depend on the order of the pair', () => {
    const name = fc.constantFrom(
      'Acme',
      'Acme Ltd',
      'Harbour Foods',
      'Habour Foods',
      'Pier Nine',
      'Nine Pier',
      '東京',
      '',
    )
    const kinds = ['email', 'phone', 'website', 'domain', 'number', 'ref'] as const
    const some = fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        key: fc.constantFrom('a', 'b'),
        text: fc.constant('x'),
        holders: fc.integer({ min: 2, max: 10 }),
      }),
    )
    fc.assert(
      fc.property(name, name, some, (a, b, evidence) => {
        const { score } = scorePair(company(a), company(b), evidence)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(scorePair(company(b), company(a), evidence).score).toBe(score)
      }),
    )
  })
})

describe('pairs of names worth comparing', () => {
  it('are those a letter, a space, a word or a form apart', () => {
    const names = ['Harbour Foods', 'Zarbour Foods', 'Foods Habrour Ltd', 'HarbourFoods', 'Pier']
    expect(namePairs(names)).toEqual(
      expect.arrayContaining([
        'Harbour Foods = Zarbour Foods',
        'Harbour Foods = Foods Habrour Ltd',
        'Harbour Foods = HarbourFoods',
      ]),
    )
    expect(namePairs(names).join()).not.toContain('Pier')
    expect(namePairs(['Harbour Foods', 'Harbour Foods Trading'])).toHaveLength(1)
  })

  it('hold every name with one letter left out', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{5,9}$/), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(words, fc.nat(2), fc.nat(8), (name, which, at) => {
        const word = name[which % name.length] ?? ''
        const place = at % word.length
        const off = name.map((own) =>
          own === word ? own.slice(0, place) + own.slice(place + 1) : own,
        )
        fc.pre(name.filter((own) => own === word).length === 1)
        fc.pre(nameWords(name.join(' ')).length === name.length)
        fc.pre(nameWords(off.join(' ')).length === off.length)
        expect(namePairs([name.join(' '), off.join(' ')])).toHaveLength(1)
      }),
    )
  })

  it('grow with the names and not with their square', () => {
    expect(namePairs(Array<string>(2000).fill('Acme')).length).toBeLessThan(2100)
    const numbered = Array.from({ length: 2000 }, (_, index) => `Acme shop ${index}`)
    expect(namePairs(numbered)).toHaveLength(0)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../src/domain/fold.ts'
import { trigramsOf, indexText, searchWords } from '../../src/domain/trigrams.ts'
import { fitOf, occurrences, snippet } from '../../src/domain/occurrences.ts'

/** All trigrams of a text, as the index has them. */
function gramsIn(text: string): Set<string> {
  const letters = Array.from(text)
  return new Set(letters.slice(2).map((last, at) => `${letters[at]}${letters[at + 1]}${last}`))
}

const LETTERS = Array.from('abEÉß ёЙ東京都𠮷ไทยีकी한글()-.,🎉\u200b')

const textOfUpTo = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...LETTERS), { maxLength })
    .map((letters) => letters.join('').normalize('NFC'))
const anyText = textOfUpTo(30)
const aWord = textOfUpTo(3)

describe('the index', () => {
  it('has every trigram of every word that a text answers to', () => {
    fc.assert(
      fc.property(anyText, fc.oneof(anyText, aWord), (text, typed) => {
        const grams = gramsIn(indexText(text))
        for (const word of searchWords(typed)) {
          if (fitOf(fold(text), word) === null) continue
          expect(trigramsOf(word).filter((gram) => !grams.has(gram))).toEqual([])
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the trigrams looked for', () => {
  it('cover the whole word', () => {
    expect(trigramsOf('harbour')).toEqual(['har', 'bou', 'our'])
    expect(trigramsOf('pier')).toEqual(['pie', 'ier'])
    expect(trigramsOf('eu')).toEqual([' eu'])
    expect(trigramsOf('e')).toEqual([])
  })
})

describe('occurrences', () => {
  const marked = (text: string, ...words: string[]): string[] =>
    occurrences(text, words.map(fold)).map(({ from, to }) => text.slice(from, to))

  it('are found in the text as it is written', () => {
    expect(marked('Die Straße in ZÜRICH', 'strasse', 'zur')).toEqual(['Straße', 'ZÜR'])
    expect(marked('東京貿易', '京貿')).toEqual(['京貿'])
    expect(marked('ananas', 'ana')).toEqual(['anana'])
    expect(marked('neu EU (eu)', 'eu')).toEqual(['EU', 'eu'])
    expect(marked('groß', 'gros')).toEqual(['groß'])
    expect(marked('Pier Nine', 'pi', 'pier')).toEqual(['Pier'])
    expect(marked('Cafe\u0301 am Pier', 'cafe')).toEqual(['Cafe\u0301'])
  })

  it('never overlap and stay inside the text', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, typed) => {
        let end = 0
        for (const { from, to } of occurrences(text, searchWords(typed))) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('stand in the snippet', () => {
    const text = `${'word '.repeat(100)}generator ${'word '.repeat(100)}`
    expect(snippet(text, ['generator'])).toMatch(/^….{1,30}generator.{1,90}…$/)
    expect(snippet('short\n text', ['text'])).toBe('short text')
    expect(snippet(`${text}needle`, ['needle'])).toMatch(/^…(word )+needle$/)
    expect(snippet(`needle ${text}`, ['needle'])).toMatch(/^needle word .{97,98}…$/)
    expect(snippet(text, ['needle'])).toMatch(/^word .{104,105}…$/)
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (long) => {
        expect(Array.from(snippet(`${long} needle ${long}`, ['needle'])).length).toBeLessThan(115)
        expect(snippet(`${long} needle ${long}`, ['needle'])).toContain(
          long.toLowerCase().includes('needle') ? '' : 'needle',
        )
      }),
    )
  })
})

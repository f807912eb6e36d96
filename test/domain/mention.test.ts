import { describe, expect, it } from 'vitest'
import { mentions } from '../../src/domain/mention.ts'

const TRUE: [known: string, text: string][] = [
  ['Al', 'ask Al first'],
  ['Al', 'AL’S OFFER'],
  ['Al', 'Al’s car (Al)'],
  ['Zelinda Roe', 'met ZELINDA  ROE at the fair'],
  ['Müller', 'an Muller geschickt'],
  ['王伟', '今天王伟打电话'],
  ['สมชาย', 'โทรหาสมชายแล้ว'],
  ['al@x.example', 'write to AL@x.example.'],
  ['+49 30 5550199', 'call +49 (30) 555-0199 again'],
  ['C++ Guild', 'the c++ guild of Bonn'],
]
const FALSE: [known: string, text: string][] = [
  ['Al', 'Alpine, Hal and total'],
  ['Al', 'spaghetti al dente, et al'],
  ['Al', 'Al-Farabi, D’Al and Al2'],
  ['Rose', 'primrose, Rosemary, Rose-Marie'],
  ['Müller', 'Müllerstraße'],
  ['al@x.example', 'hal@x.example, s.al@x.example, al@x.example.com'],
  ['+49 30 5550199', 'invoice 493055501991'],
  ['12345', 'order 123456'],
]

describe('a text', () => {
  it.each(TRUE)('names %s: %s', (known, text) => {
    expect(mentions(['Nobody Else', known])(text)).toBe(true)
  })

  it.each(FALSE)('does not name %s: %s', (known, text) => {
    expect(mentions(['Nobody Else', known])(text)).toBe(false)
  })

  it('names nobody where nobody is known', () => {
    expect(mentions(['', ' '])('anything')).toBe(false)
  })
})

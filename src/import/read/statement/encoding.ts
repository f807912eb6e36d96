import iconv from 'iconv-lite'

/** The encodings in which 1C writes, and the word that every such file has near its beginning. */
const OF_ONE_C = ['windows-1251', 'cp866'] as const
const WORD = 'Кодировка='

/**
 * What a statement of a bank says of its own encoding, where that is not UTF-8: 1C by the encoding in which its
 * keys can be read, OFX 1 by its header. Null if it says nothing.
 */
export function statementEncoding(start: Buffer): string | null {
  const text = start.toString('latin1')
  if (text.startsWith('1CClientBankExchange')) {
    return OF_ONE_C.find((encoding) => iconv.decode(start, encoding).includes(WORD)) ?? null
  }
  if (!/^\s*OFXHEADER\s*:/i.test(text)) return null
  const page = /^\s*CHARSET\s*:\s*(?:windows-?|cp)?(\d{3,4})\s*$/im.exec(text)?.[1]
  const encoding = page === undefined ? null : `${page.length === 4 ? 'windows-' : 'cp'}${page}`
  return encoding !== null && iconv.encodingExists(encoding) ? encoding : null
}

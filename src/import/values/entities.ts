/** The names that HTML has for the letters and signs of Latin 1, from the no-break space on. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute ' +
  'Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute ' +
  'THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
  'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'

const OTHERS: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  euro: '€',
  trade: '™',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
  Yuml: 'Ÿ',
  lsaquo: '‹',
  rsaquo: '›',
}

const SIGNS = new Map([
  ...LATIN_1.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...Object.entries(OTHERS),
])

// `&amp;amp;` and `&amp;uuml;` were written twice over.
const ENTITY = /&(?:amp;)*(?:#(\d{1,7})|#[xX]([\dA-Fa-f]{1,6})|([A-Za-z][A-Za-z\d]{1,7}));/g

/** The character of a number; undefined for those that occur in no text. */
function signOf(code: number): string | undefined {
  const isText =
    code === 9 || code === 10 || code === 13 || (code >= 32 && (code < 127 || code > 159))
  const isWhole = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isText && isWhole ? String.fromCodePoint(code) : undefined
}

/** A text without the well-known entities of HTML; `AT&T;` and a lone `&` stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return SIGNS.get(name) ?? entity
    return (
      signOf(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)) ?? entity
    )
  })
}

/** True if a text has an `&` that begins no well-known entity. */
export function hasLoneAmpersand(text: string): boolean {
  return (
    text.includes('&') &&
    text
      .replaceAll(ENTITY, (entity) => (decodeEntities(entity) === entity ? entity : ''))
      .includes('&')
  )
}

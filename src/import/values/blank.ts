import { nameKey } from '../../domain/name.ts'

// Words for “nothing here”; then the first days of calendars, which programs write for “no date”.
const BLANKS = new Set(
  [
    ['n/a', 'n.a.', 'na', '#n/a', 'null', '(null)', 'nil', 'none', 'nan', 'undefined', '(blank)'],
    [
      '(empty)',
      'not set',
      'not specified',
      'unknown',
      'tbd',
      '#ref!',
      '#value!',
      '#name?',
      '#null!',
    ],
    ['k.a.', 'k. a.', 'keine', 'keine angabe', 'н/д', 'нет данных', 'не указано', 'не указана'],
    ['не указан', 'не задано', 'неизвестно', 's/o', 'n.d.', 'non renseigné', 'aucun', 'aucune'],
    ['s/d', 'sin datos', 'ninguno', 'ninguna', 'ไม่มี', 'ไม่ระบุ', 'ไม่ทราบ', '无', '暂无', '未知'],
    ['0000-00-00', '00.00.0000', '00/00/0000', '0000/00/00', '00000000', '0001-01-01'],
    ['01.01.0001', '01/01/0001', '1/1/0001', '1900-01-00', '1/0/1900', '01/00/1900', '00.01.1900'],
    ['1899-12-30', '1899-12-31', '30.12.1899', '31.12.1899', '12/30/1899', '12/31/1899'],
    ['9999-12-31', '31.12.9999', '12/31/9999', '31/12/9999'],
  ]
    .flat()
    .map(nameKey),
)

// Only these years need a closer look where a cell begins with a digit, as most cells do.
const NO_DATE_YEAR = /0000|0001|1899|1900|9999/
const ONLY_MARKS = /^[-‐-―−_.…?*/\s]*$/u
const TIME = /[ t]\d?\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?$/
const NONE_IN_NUMBERS =
  /^(?:0000[-./]\d?\d[-./]\d?\d|\d?\d[-./]\d?\d[-./]0000|0?0[-./]0?0[-./]00|(?:0001|9999)[-./]\d?\d[-./]\d?\d|\d?\d[-./]\d?\d[-./](?:0001|9999))$/
const FIRST_DAYS = new Set(['1899-12-30', '1899-12-31', '1900-01-00'])
/**
 * Where programs begin to count, and what they write for zero time: Unix and the web (1970, and
 * west of Greenwich the last day of 1969), SQL Server (1900 and 1753), Windows (1601), Excel on a Mac (1904).
 */
const ZERO =
  /^(?:(?:1970|1904|1900|1753|1601)[-./]0?1[-./]0?1|0?1[-./]0?1[-./](?:1970|1904|1900|1753|1601)|1969[-./]12[-./]31|(?:12[-./]31|31[-./]12)[-./]1969)$/

function isNone(key: string): boolean {
  return NONE_IN_NUMBERS.test(key) || FIRST_DAYS.has(key) || (/^\d/.test(key) && BLANKS.has(key))
}

/**
 * True if a cell of a column of dates has a date that programs write for none: `0000-00-00`,
 * `31.12.9999 23:59:59`, `0001-01-01`, `1900-01-00`, `00.00.00`, `1970-01-01T00:00:00Z`.
 */
export function isNoDate(text: string): boolean {
  const key = nameKey(text).replace(TIME, '')
  return isNone(key) || ZERO.test(key)
}

const IMPOSSIBLE_DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/

/**
 * As `isNoDate` for a cell of any kind: only what is written like a date with a year of four
 * digits, and not a day on which somebody may have been born.
 */
export function isSurelyNoDate(text: string): boolean {
  const isLike = NO_DATE_YEAR.test(text) && IMPOSSIBLE_DATE.test(text)
  return isLike && isNone(nameKey(text).replace(TIME, ''))
}

const MIDNIGHT = /[ t]0?0:00(?::00)?(?:\.0+)?z?$/
const LONGEST = 24

/**
 * True if a cell of a column of dates, numbers or words says that there is nothing: empty,
 * `-`, `n/a`, `нет данных`, `ไม่มี`, and the dates that programs write for none (`0000-00-00`,
 * `1900-01-00`, `01.01.0001 0:00:00`, `9999-12-31`). Not meant for names: `NA` may be one.
 */
export function isBlankWord(text: string): boolean {
  const first = text.charCodeAt(0)
  const isDigit = first >= 0x30 && first <= 0x39
  if (isDigit && !NO_DATE_YEAR.test(text)) return false
  if (ONLY_MARKS.test(text)) return true
  if (text.length > LONGEST) return false
  const key = nameKey(text)
  return BLANKS.has(key) || BLANKS.has(key.replace(MIDNIGHT, ''))
}

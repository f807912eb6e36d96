// January first; a cell lists one month's spellings, separated by bars.
const MONTHS = {
  english:
    'january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec',
  german:
    'januar|jan|jänner|jän februar|feb|feber märz|mär|mrz|maerz april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov dezember|dez',
  russian:
    'январь|января|янв февраль|февраля|фев|февр март|марта|мар апрель|апреля|апр май|мая июнь|июня|июн июль|июля|июл август|августа|авг сентябрь|сентября|сен|сент октябрь|октября|окт ноябрь|ноября|ноя|нояб декабрь|декабря|дек',
  french:
    'janvier|janv|jan février|févr|fév mars avril|avr mai juin juillet|juil août septembre|sept|sep octobre|oct novembre|nov décembre|déc',
  spanish:
    'enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic',
  thai: 'มกราคม|ม.ค|มค กุมภาพันธ์|ก.พ|กพ มีนาคม|มี.ค|มีค เมษายน|เม.ย|เมย พฤษภาคม|พ.ค|พค มิถุนายน|มิ.ย|มิย กรกฎาคม|ก.ค|กค สิงหาคม|ส.ค|สค กันยายน|ก.ย|กย ตุลาคม|ต.ค|ตค พฤศจิกายน|พ.ย|พย ธันวาคม|ธ.ค|ธค',
}

// Monday first; a cell lists one day's spellings, separated by bars.
const WEEKDAYS = [
  'monday|mon tuesday|tue|tues wednesday|wed thursday|thu|thur|thurs friday|fri saturday|sat sunday|sun',
  'montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sa|sonnabend sonntag|so',
  'понедельник|пн вторник|вт среда|среду|ср четверг|чт пятница|пятницу|пт суббота|субботу|сб воскресенье|вс',
  'lundi|lun mardi|mar mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim',
  'lunes|lun martes|mar miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom',
  'วันจันทร์|จันทร์|จ วันอังคาร|อังคาร|อ วันพุธ|พุธ|พ วันพฤหัสบดี|พฤหัสบดี|พฤ วันศุกร์|ศุกร์|ศ วันเสาร์|เสาร์|ส วันอาทิตย์|อาทิตย์|อา',
]

// Ordinal endings, “of”, “the”, “year”, “era”, as they appear next to the parts of a date.
const FILLERS =
  'st nd rd th of the on den der am er de del le el la du о го е й г год года ที่ วันที่ เดือน ปี พ.ศ พศ ค.ศ คศ น'

/** The key of a word's spellings: no accents, no dots at the ends, lower case. */
export function wordKey(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]|^\.+|\.+$/g, '')
}

const MONTH_BY_WORD = new Map<string, number>(
  Object.values(MONTHS).flatMap((language) =>
    language
      .split(' ')
      .flatMap((month, index) =>
        month.split('|').map((word): [string, number] => [wordKey(word), index + 1]),
      ),
  ),
)

const WEEKDAY_BY_WORD = new Map<string, number>(
  WEEKDAYS.flatMap((language) =>
    language.split(' ').flatMap((day, index) =>
      day
        .split('|')
        .flatMap((word) => [word, `${word}ที่`])
        .map((word): [string, number] => [wordKey(word), index + 1]),
    ),
  ),
)

const FILLER_WORDS = new Set(FILLERS.split(' ').map(wordKey))

/** The month that a word names, 1…12, in any of the languages; undefined for any other word. */
export function monthOf(key: string): number | undefined {
  return MONTH_BY_WORD.get(key)
}

/** The weekday that a word names, 1 Monday … 7 Sunday; undefined for any other word. */
export function weekdayOf(key: string): number | undefined {
  return WEEKDAY_BY_WORD.get(key)
}

/** True for a weekday's name, full or short. `mar` is one too: mardi, martes. */
export function isWeekday(key: string): boolean {
  return WEEKDAY_BY_WORD.has(key)
}

/** True for a filler word in a date: `of`, `de`, `года`, `พ.ศ.`, the `th` of `4th`. */
export function isFiller(key: string): boolean {
  return FILLER_WORDS.has(key)
}

/** True for a word in Thai letters: a two-digit year next to it is Buddhist. */
export function isThai(word: string): boolean {
  return /[\u0E00-\u0E7F]/.test(word)
}

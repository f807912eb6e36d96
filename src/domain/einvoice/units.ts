import { nameKey } from '../name.ts'

/** Codes of UN/ECE Recommendation 20 with what people write for them, in several languages. */
const UNITS: Readonly<Record<string, string>> = {
  HUR: 'h, hr, hrs, hour, hours, std, stunde, stunden, ч, час, часа, часов, ชม, ชั่วโมง, heure, heures, hora, horas',
  MIN: 'min, mins, minute, minutes, minuten, мин, минута, минуты, минут, นาที',
  SEC: 's, sec, second, seconds, sekunde, sekunden, сек, секунда, วินาที',
  DAY: 'd, day, days, tag, tage, tagewerk, manntag, pt, день, дня, дней, дн, วัน, jour, jours, día, días, dia',
  WEE: 'week, weeks, wk, woche, wochen, неделя, недели, недель, нед, สัปดาห์, อาทิตย์, semaine, semana',
  MON: 'month, months, mo, mon, monat, monate, мес, месяц, месяца, месяцев, เดือน, mois, mes, meses',
  QAN: 'quarter, quarters, quartal, quartale, квартал, ไตรมาส',
  ANN: 'year, years, yr, jahr, jahre, год, года, лет, ปี, an, ans, année, año, años',
  H87: 'pc, pcs, piece, pieces, stk, stck, stück, st, шт, штука, штуки, штук, ชิ้น, อัน, pièce, pièces, pieza, piezas',
  C62: 'unit, units, one, einheit, einheiten, ед, единица, หน่วย, unité, unidad',
  LS: 'lump sum, flat rate, flat, fixed price, ls, pauschal, pauschale, psch, паушально, усл, услуга, เหมา, forfait',
  SET: 'set, sets, satz, sätze, комплект, компл, ชุด, jeu',
  PR: 'pair, pairs, paar, пара, пары, пар, คู่, paire',
  XPK: 'pack, packs, package, packages, pkg, pkt, paket, pakete, packung, упак, упаковка, แพ็ค, ห่อ, paquet',
  XBX: 'box, boxes, karton, kartons, kiste, kisten, коробка, коробки, กล่อง, carton, caja',
  XPX: 'pallet, pallets, palette, paletten, паллета, поддон, พาเลท',
  KGM: 'kg, kilo, kilos, kilogram, kilograms, kilogramm, кг, килограмм, กก, กิโลกรัม',
  GRM: 'g, gram, grams, gramm, г, гр, грамм, กรัม',
  TNE: 't, ton, tons, tonne, tonnes, tonnen, т, тонна, тонны, тонн, ตัน',
  MTR: 'm, metre, metres, meter, meters, lfm, lfdm, laufender meter, м, метр, метра, метров, пог.м, เมตร',
  CMT: 'cm, centimetre, centimeter, zentimeter, см, ซม',
  MMT: 'mm, millimetre, millimeter, мм, มม',
  KMT: 'km, kilometre, kilometres, kilometer, kilometers, км, километр, километров, กม, กิโลเมตร',
  MTK: 'm2, m², qm, sqm, sq m, square metre, square meter, quadratmeter, м2, м², кв.м, ตร.ม, ตารางเมตร',
  MTQ: 'm3, m³, cbm, cubic metre, cubic meter, kubikmeter, м3, м³, куб.м, ลบ.ม',
  LTR: 'l, litre, litres, liter, liters, л, литр, литра, литров, ลิตร',
  MLT: 'ml, millilitre, milliliter, мл, มล',
  KWH: 'kwh, кВт·ч, квтч, หน่วยไฟ',
  E48: 'service, services, service unit, leistung, leistungen',
  P1: '%, percent, prozent',
  AD: 'byte, bytes',
  E34: 'gb, gigabyte, gigabytes, гб',
}

function keyOf(text: string): string {
  return nameKey(text).replace(/\.$/, '')
}

let codes: ReadonlyMap<string, string> | undefined

/**
 * The code of a unit that people write (UN/ECE Recommendation 20): `HUR` for h, Std. and час, and for its own code.
 * What is not known is C62, one.
 */
export function unitCode(text: string | null): string {
  if (text === null) return 'C62'
  codes ??= new Map(
    Object.entries(UNITS).flatMap(([code, words]) => [
      [code.toLowerCase(), code] as const,
      ...words.split(', ').map((word) => [keyOf(word), code] as const),
    ]),
  )
  return codes.get(keyOf(text)) ?? 'C62'
}

/** What people write for a code; the code itself if it is not known here, null for C62. */
export function unitWord(code: string): string | null {
  if (code === 'C62') return null
  return UNITS[code]?.split(', ')[0] ?? code
}

const FROM = /^(?:≥|>=|from|min\.?|ab|à partir de|dès|desde|a partir de|от|从|ตั้งแต่)\s*(?=\d)/i
const NUMBER = String.raw`\d[\d.,' ]*`
const RANGE = new RegExp(
  String.raw`^(${NUMBER}?)\s*(?:-|–|—|…|\.{2,3}|to|bis|à|a|до|至)\s*${NUMBER}$`,
  'i',
)

/**
 * The quantity from which a price holds, as it is written in a cell: `10` of `10-49`, `≥ 10`, `ab 10` and `10+`. What is
 * none of these stays.
 */
export function lowerBound(text: string): string {
  return RANGE.exec(text)?.[1] ?? text.replace(FROM, '').replace(/(?<=\d)\s*\+$/, '')
}

import { withoutControls } from './name.ts'

/** As many letters as a name has at most, without its ending; file systems count bytes, of which Thai takes three. */
const LONGEST = 60

/** Names that Windows keeps for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * A name for a file, of any text: letters, digits, dots, dashes and underscores of every script stay, whatever else
 * becomes a dash. It never leads out of its folder, is hidden, or says what a program is to do.
 *
 * `safeFileName('Invoice A/2026 0001', 'pdf')` is `Invoice-A-2026-0001.pdf`.
 * @param text what it is to say.
 * @param ending without a dot; it is the program's own.
 */
export function safeFileName(text: string, ending: string): string {
  const plain = withoutControls(text.normalize('NFC'))
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replaceAll(/\.{2,}/g, '.')
  const short = Array.from(plain).slice(0, LONGEST).join('')
  const bare = short.replaceAll(/^[-._]+|[-._]+$/g, '')
  const name = bare === '' || DEVICE.test(bare) ? `document${bare === '' ? '' : `-${bare}`}` : bare
  return `${name}.${ending}`
}

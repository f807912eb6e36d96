import { modulesOf } from '../qr.ts'

/** The quiet zone around a code, in modules. */
const QUIET = 4

/** A QR code as a picture in SVG, as an address that a page can show. */
export function codeAddress(payload: string): string {
  const rows = modulesOf(payload)
  const side = rows.length + 2 * QUIET
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('')
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`
}

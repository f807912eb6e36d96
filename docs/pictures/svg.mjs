const LETTER = { width: 8.4, height: 18 }
const MARGIN = 16

/** The sixteen colours of a terminal, on a dark ground. */
const COLOURS = {
  30: '#5c6370',
  31: '#e06c75',
  32: '#98c379',
  33: '#e5c07b',
  34: '#61afef',
  35: '#c678dd',
  36: '#56b6c2',
  37: '#dcdfe4',
  90: '#7f848e',
  91: '#ff7b86',
  92: '#b5e08f',
  93: '#ffd68a',
  94: '#82c4ff',
  95: '#dda0f0',
  96: '#7fd5e0',
  97: '#ffffff',
}

/** Blanks that are not drawn together. */
function escape(text) {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return plain.replaceAll(' ', '\u00A0')
}

function rgb(parts) {
  return `rgb(${parts.join(', ')})`
}

/** The colour numbered so among 256: the sixteen, a cube of six shades each, then greys. */
function colourOf(number) {
  if (number < 8) return COLOURS[30 + number]
  if (number < 16) return COLOURS[82 + number]
  if (number > 231) return rgb(Array(3).fill((number - 232) * 10 + 8))
  const shade = (step) => (step === 0 ? 0 : step * 40 + 55)
  const cube = number - 16
  return rgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(shade))
}

/** The style after a sequence such as `1;38;5;208`. */
function restyle(style, sequence) {
  const codes = (sequence || '0').split(';').map(Number)
  const next = { ...style }
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at]
    if (code === 0) Object.assign(next, { colour: null, bold: false, dim: false })
    else if (code === 1) next.bold = true
    else if (code === 2) next.dim = true
    else if (code === 22) Object.assign(next, { bold: false, dim: false })
    else if (code === 39) next.colour = null
    else if (code === 38 && codes[at + 1] === 5) {
      next.colour = colourOf(codes[at + 2])
      at += 2
    } else if (code === 38 && codes[at + 1] === 2) {
      next.colour = rgb(codes.slice(at + 2, at + 5))
      at += 4
    } else if (COLOURS[code]) next.colour = COLOURS[code]
  }
  return next
}

function attributes({ colour, bold, dim }) {
  return [colour && ` fill="${colour}"`, bold && ' font-weight="bold"', dim && ' opacity="0.6"']
    .filter(Boolean)
    .join('')
}

/**
 * Text with the sequences of a terminal as a picture. Each run of a style stands where its first
 * letter is, and is as wide as its letters, whatever font there is.
 * @param command the line that was typed.
 * @param output what came of it.
 * @param columns how wide the terminal was.
 */
export function toSvg(command, output, columns) {
  let style = {}
  const lines = ['', ...output.replaceAll('\r', '').trimEnd().split('\n')]
  const rows = lines.map((line, row) => {
    const y = MARGIN + (row + 1) * LETTER.height
    let column = 0
    // eslint-disable-next-line no-control-regex
    const parts = line.split(/\u001B\[([\d;]*)m/)
    return parts
      .map((part, index) => {
        if (index % 2 === 1) {
          style = restyle(style, part)
          return ''
        }
        const from = column
        const count = Array.from(part).length
        column += count
        if (part.trim() === '') return ''
        const place = `x="${(MARGIN + from * LETTER.width).toFixed(1)}" y="${y}"`
        const wide = `textLength="${(count * LETTER.width).toFixed(1)}"`
        return `<text ${place} ${wide}${attributes(style)}>${escape(part)}</text>`
      })
      .filter(Boolean)
      .join('\n')
  })
  const width = Math.ceil(columns * LETTER.width + 2 * MARGIN)
  const height = Math.ceil((lines.length + 1) * LETTER.height + 2 * MARGIN)
  const typed = `<text x="${MARGIN}" y="${MARGIN + LETTER.height / 2}"><tspan fill="#98c379">$</tspan> ${escape(command)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${command}">
<rect width="100%" height="100%" rx="8" fill="#1e2127"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#dcdfe4">
${typed}
${rows.filter(Boolean).join('\n')}
</g>
</svg>
`
}

import type { Logo } from '../../../domain/firm/logo.ts'

interface Size {
  width: number
  height: number
}

function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 24) return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Of a JPEG: from the first frame, past the segments before it. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2
  while (at + 9 < bytes.length) {
    const marker = bytes.readUInt16BE(at)
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    if (marker < 0xff00) return null
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function svgSize(bytes: Buffer): Size | null {
  const text = bytes.toString('utf8')
  const box = /viewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(text)
  return box ? { width: Number(box[1]), height: Number(box[2]) } : null
}

const SIZES = { png: pngSize, jpeg: jpegSize, svg: svgSize }

/** How wide and high a logo is on paper, in mm: no larger than 60 × 24. A picture without a size is square. */
export function logoSize(logo: Logo): Size {
  const size = SIZES[logo.kind](logo.bytes)
  const { width, height } =
    size && size.width > 0 && size.height > 0 ? size : { width: 1, height: 1 }
  const scale = Math.min(60 / width, 24 / height)
  return { width: width * scale, height: height * scale }
}

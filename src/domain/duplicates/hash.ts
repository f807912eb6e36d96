const OFFSET = 0x81_1c_9d_c5
const PRIME = 0x01_00_01_93

/** Spreads a hash over all its bits, so that sums of hashes do not collide (MurmurHash3's finaliser). */
function spread(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  const most = Math.imul(half ^ (half >>> 13), 0xc2_b2_ae_35)
  return (most ^ (most >>> 16)) >>> 0
}

/** FNV-1a over UTF-16 units, 32 bits, spread, skipping the unit at `without`. */
export function hash(word: string, without = -1): number {
  let value = OFFSET
  for (let index = 0; index < word.length; index += 1) {
    if (index !== without) value = Math.imul(value ^ word.charCodeAt(index), PRIME)
  }
  return spread(value)
}

import { statfsSync } from 'node:fs'

/** Network file systems, by their numbers on Linux (statfs(2)). */
const NETWORKED = new Map<number, string>([
  [0x69_69, 'NFS'],
  [0x51_7b, 'SMB'],
  [0xff_53_4d_42, 'CIFS'],
  [0xfe_53_4d_42, 'SMB'],
  [0x01_02_19_97, '9p'],
  [0x53_46_41_4f, 'AFS'],
  [0x73_75_72_45, 'Coda'],
  [0x00_c3_64_00, 'Ceph'],
  [0x01_16_19_70, 'GFS2'],
  [0x0b_d0_0b_d0, 'Lustre'],
  [0x78_6f_42_56, 'a VirtualBox share'],
])

/** The name of a network file system; null for others. */
export function networkOf(type: number): string | null {
  // The number is signed on some systems.
  return NETWORKED.get(type >>> 0) ?? null
}

/** The network file system that a file is on; null if it is on a disk, or unknown. */
export function networkUnder(file: string): string | null {
  try {
    return networkOf(statfsSync(file).type)
  } catch {
    return null
  }
}

/** What is wrong with a book there: programs on two machines do not see each other's locks. */
export function networkWarning(file: string, kind: string): string {
  return (
    `${file} lies on a network file system (${kind}), where SQLite cannot keep two machines from ` +
    'writing at once, and changes may be lost; keep the book on a disk of this machine'
  )
}

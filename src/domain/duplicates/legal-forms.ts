const WORDS = `
  ag ab aktiengesellschaft aps as asa bhd bv co company corp corporation cv doo dba eg ev eirl eood
  gbr gesmbh gmbh hf holding ik inc incorporated jsc kft kg kgaa kk kommanditgesellschaft lda
  limited limitada llc llp lp ltd ltda mbh nv oe oeg ohg ood oy oyj pc plc pjsc pllc pte pty pub public pvt ry sa sab
  sae sagl sapa sarl sas sasu sca scs sdn se sia sicav slu snc soc spa sprl srl srls sro tbk ug vof zoo zrt
  ооо оао зао пао ао ип тоо чп фоп тов нко ano ooo oao zao pao ip tov fop
  ekfm ekfr partg partgmbb
  and und et и the
`

/** Words for a firm's legal form, and words that carry no meaning: `ltd`, `gmbh`, `ооо`, `and`. */
export const IDLE_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/))

/**
 * German forms that can be names elsewhere: `Krause e.K.` but not `EK Group`, `Müller u. Söhne` but not
 * `U-Haul`, `Kanzlei Roth mbB` but not `MBB Industries`.
 */
export const GERMAN_FORMS =
  /(?<=[\p{L}\p{N}] )(?:e\. ?(?:k|kfm|kfr)\.?(?!\p{L})|u\. ?(?=\p{L}{2})|mbb$)/gu

/** Forms of several words, and those in scripts without spaces between words. */
export const LEGAL_PHRASES = new RegExp(
  [
    'общество с ограниченной ответственностью',
    '(?:публичное |закрытое |открытое )?акционерное общество',
    'индивидуальный предприниматель',
    'товариство з обмеженою відповідальністю',
    'gesellschaft mit beschränkter haftung',
    '(?<!\\p{L})a\\.? ?ö\\.? ?r\\.?(?!\\p{L})',
    '(?<!\\p{L})anstalt des öffentlichen rechts(?!\\p{L})',
    'บริษัท',
    'ห้างหุ้นส่วน(?:จำกัด|สามัญ)?',
    'หจก\\.?',
    'บจก\\.?',
    'บมจ\\.?',
    'จำกัด',
    '\\(?มหาชน\\)?',
    '股份有限公司',
    '有限责任公司',
    '有限責任公司',
    '有限公司',
    '株式会社',
    '有限会社',
    '合同会社',
    '\\(株\\)',
    '주식회사',
    '\\(주\\)',
  ]
    .join('|')
    // Normalised as name keys are.
    .normalize('NFKC'),
  'gu',
)

/**
 * A Han name of two to four characters is family name and given name without a space. Family names of two characters are few and listed; a family name whose
 * customary reading differs from the character's usual one is respelled by a character that is read so.
 */
const COMPOUND = new Set(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 夏侯 司徒 司空 端木 南宫 南宮 长孙 長孫 宇文 轩辕 軒轅 淳于 单于 太史'.split(
    ' ',
  ),
)
const READ_AS: Readonly<Record<string, string>> = {
  单: '善',
  單: '善',
  曾: '增',
  解: '谢',
  查: '渣',
  仇: '求',
  区: '欧',
  區: '欧',
  覃: '秦',
  乐: '月',
  盖: '葛',
}

export function splitHanName(letters: readonly string[]): readonly string[] {
  const familyLength = letters.length > 2 && COMPOUND.has(letters.slice(0, 2).join('')) ? 2 : 1
  const family = letters.slice(0, familyLength).join('')
  return [READ_AS[family] ?? family, letters.slice(familyLength).join('')]
}

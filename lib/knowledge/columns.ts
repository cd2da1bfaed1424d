/** A table's known columns: the canonical name of each, and the other headers that mean it. */
export type ColumnNames<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** Headers are compared without case, width, spaces, underscores, hyphens and stars. */
export const foldHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-*＊\uFEFF]/g, '');

export const ENTRY_COLUMNS = {
  id: ['编号'],
  intent: ['意图'],
  question: ['标准问', '标准问题', '问题', 'standard question'],
  similar_questions: ['相似问', '相似问题', '相似问法', 'similar question'],
  answer: ['答案', '回答', '回复', 'reply'],
  when: ['条件', 'condition'],
  ask: ['追问'],
  language: ['语言', 'lang'],
  category: ['分类', '类别'],
  policy: ['策略'],
  valid_from: ['生效', '生效时间'],
  valid_until: ['失效', '失效时间'],
  channels: ['渠道', 'channel'],
  shop: ['店铺'],
  attachments: ['附件', 'attachment'],
  shortcut: ['快捷码'],
  note: ['内部备注', '备注'],
  products: ['商品', 'product'],
  keywords: ['关键词', '关键字', 'keyword'],
  off: ['停用', 'disabled'],
  article: ['文章'],
  path: ['标题路径', 'heading path'],
  article_url: ['文章链接'],
  pack: ['知识包'],
} as const satisfies ColumnNames<string>;
export type EntryColumn = keyof typeof ENTRY_COLUMNS;

export const PRODUCT_COLUMNS = {
  id: ['编号'],
  sku: ['货号'],
  title: ['标题', '名称', 'name'],
  aliases: ['别名', 'alias'],
  language: ['语言', 'lang'],
  category: ['分类', '类别'],
  description: ['描述'],
  price: ['价格'],
  currency: ['币种'],
  stock: ['库存'],
  variants: ['规格库存', 'variant stock'],
  image: ['图片', 'image url'],
  url: ['链接', 'link'],
  attributes: ['属性'],
} as const satisfies ColumnNames<string>;
export type ProductColumn = keyof typeof PRODUCT_COLUMNS;

/** Where each known column stands (0-based), which headers are unknown, and which names two headers claim. */
export type ColumnMap<Name extends string> = {
  at: ReadonlyMap<Name, number>;
  unknown: readonly string[];
  twice: readonly Name[];
};

/** Every folded header that means a column, and which. */
export function headersOf<Name extends string>(columns: ColumnNames<Name>): Map<string, Name> {
  const names = new Map<string, Name>();
  for (const name of Object.keys(columns) as Name[]) {
    const others = columns[name];
    for (const header of [name, ...others, ...others.map((other) => `${name}${other}`)]) {
      names.set(foldHeader(header), name);
    }
  }
  return names;
}

export function mapColumns<Name extends string>(
  columns: ColumnNames<Name>,
  headers: readonly string[],
): ColumnMap<Name> {
  const names = headersOf(columns);
  const at = new Map<Name, number>();
  const unknown: string[] = [];
  const twice: Name[] = [];
  headers.forEach((header, index) => {
    const name = names.get(foldHeader(header));
    if (name === undefined) {
      if (header.trim() !== '') unknown.push(header.trim());
    } else if (at.has(name)) twice.push(name);
    else at.set(name, index);
  });
  return { at, unknown, twice };
}

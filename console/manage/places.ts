/** Under which heading a page stands. */
export type Group = 'know' | 'check' | 'learn' | 'setUp' | 'team' | 'admin';
/** A place beside the desk, as `GET /v1/me` opens it. */
export type PlaceName = 'knowledge' | 'team' | 'admin';
export const PLACE_OF: Record<Group, PlaceName> = {
  know: 'knowledge',
  check: 'knowledge',
  learn: 'knowledge',
  setUp: 'knowledge',
  team: 'team',
  admin: 'admin',
};

/** The pages of those places that are open, each in the first of its places that is. */
export const pagesFor = <Page extends { group: Group; otherwise?: Group }>(
  pages: readonly Page[],
  opens: Record<PlaceName, boolean>,
): Page[] =>
  pages.flatMap((page) => {
    const group = [page.group, page.otherwise].find((one) => one !== undefined && opens[PLACE_OF[one]]);
    return group === undefined ? [] : [{ ...page, group }];
  });

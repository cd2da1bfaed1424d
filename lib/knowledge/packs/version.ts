/** `1.2.0` of `ecommerce@1.2.0`. */
export const versionOf = (tag: string): string => tag.slice(tag.indexOf('@') + 1);

/** Orders versions of three numbers: below zero when the first is the older one. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const differences = [0, 1, 2].map((part) => (a?.[part] ?? 0) - (b?.[part] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

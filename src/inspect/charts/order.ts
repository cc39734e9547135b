/** The order of each row that makes few arrows cross: each item goes to the middle of what it is linked to. */
export function orderLevels(
  levels: readonly (readonly string[])[],
  links: readonly (readonly [string, string])[],
): readonly (readonly string[])[] {
  const neighbours = new Map<string, string[]>();
  for (const [a, b] of links) {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  }
  let rows = levels.map((row) => [...row]);
  const sweep = (towards: -1 | 1): void => {
    const order = rows.map((_, index) => (towards < 0 ? index : rows.length - 1 - index));
    for (const level of order) {
      const beside = rows[level + towards] ?? [];
      const middle = (key: string, index: number): number => {
        const at = (neighbours.get(key) ?? [])
          .map((one) => beside.indexOf(one))
          .filter((i) => i >= 0);
        return at.length === 0 ? index : at.reduce((sum, i) => sum + i, 0) / at.length;
      };
      const keyed = (rows[level] ?? []).map((key, index) => ({ key, at: middle(key, index) }));
      rows[level] = keyed.sort((a, b) => a.at - b.at).map(({ key }) => key);
    }
  };
  let best = rows.map((row) => [...row]);
  let fewest = crossings(best, links);
  for (let time = 0; time < 8 && fewest > 0; time++) {
    sweep(time % 2 === 0 ? -1 : 1);
    const count = crossings(rows, links);
    if (count < fewest) {
      fewest = count;
      best = rows.map((row) => [...row]);
    }
  }
  rows = best;
  return rows;
}

function crossings(
  rows: readonly (readonly string[])[],
  links: readonly (readonly [string, string])[],
): number {
  const at = new Map<string, { readonly row: number; readonly column: number }>();
  rows.forEach((keys, row) => {
    keys.forEach((key, column) => at.set(key, { row, column }));
  });
  const spans = links.flatMap(([a, b]) => {
    const from = at.get(a);
    const to = at.get(b);
    if (from === undefined || to === undefined) return [];
    return [from.row < to.row ? { from, to } : { from: to, to: from }];
  });
  let count = 0;
  for (const [index, one] of spans.entries()) {
    for (const other of spans.slice(index + 1)) {
      if (one.from.row !== other.from.row) continue;
      if ((one.from.column - other.from.column) * (one.to.column - other.to.column) < 0) count++;
    }
  }
  return count;
}

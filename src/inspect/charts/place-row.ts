/**
 * Puts the boxes of a row as near as can be to where they are wanted, in their order and without overlap.
 *
 * @param wanted the centre that each box should have
 * @returns the centre of each box
 */
export function placeRow(
  wanted: readonly number[],
  widths: readonly number[],
  gap: number,
): readonly number[] {
  // With the room of the boxes before it taken off, each box may only not be left of its predecessor.
  const offsets: number[] = [];
  let offset = 0;
  widths.forEach((width, index) => {
    if (index > 0) offset += (widths[index - 1] ?? 0) / 2 + gap + width / 2;
    offsets.push(offset);
  });
  const blocks: { sum: number; count: number }[] = [];
  wanted.forEach((x, index) => {
    let block = { sum: x - (offsets[index] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.count <= block.sum / block.count) break;
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => sum / count),
  );
  return starts.map((start, index) => start + (offsets[index] ?? 0));
}

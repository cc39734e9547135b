import type { Page } from "playwright-core";

/** A text that is hard to read. */
interface FaintText {
  readonly text: string;
  readonly ratio: number;
  readonly colours: string;
}

// Runs in the page. The ratio is that of WCAG 2.2, 1.4.3; what is drawn in SVG lies on the state or panel behind it.
const measure = `(() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const backOf = (element) => {
    const behind = [];
    for (let at = element; at !== null; at = at.parentElement) {
      const box = at.parentElement?.closest("svg") && at.tagName === "text" ? at.parentElement.querySelector("rect") : null;
      if (box !== null) behind.push(rgba(getComputedStyle(box).fill));
      behind.push(rgba(getComputedStyle(at).backgroundColor));
      if (behind.at(-1)[3] === 1) break;
    }
    return behind.reduceRight((below, colour) => over(colour, below), [255, 255, 255, 1]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (text === "" || element.closest("script, style, option, noscript, meter, title") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const back = backOf(element);
    const ink = over(rgba(element.tagName === "text" ? style.fill : style.color), back);
    const [light, dark] = [luminance(ink), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push({ text, ratio, isFaint: ratio < (isLarge ? 3 : 4.5), colours: ink.map(Math.round) + " on " + back.map(Math.round) });
  }
  return found;
})()`;

/** Measures every text of a page; says how many there are, and which have too little contrast. */
export async function faintTexts(
  page: Page,
): Promise<{ readonly measured: number; readonly faint: readonly FaintText[] }> {
  const found = await page.evaluate<(FaintText & { readonly isFaint: boolean })[]>(measure);
  const faint = found.filter(({ isFaint }) => isFaint);
  return {
    measured: found.length,
    faint: faint.map(({ text, ratio, colours }) => ({ text, ratio, colours })),
  };
}

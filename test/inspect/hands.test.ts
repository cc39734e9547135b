import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-hands-"));
const file = join(folder, "v3.0.4.html");
const address = (hash = ""): string => pathToFileURL(file).href + hash;

beforeAll(async () => {
  await writePage(file, "check", "--release", "v3.0.4");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const step = (page: Page): Promise<string | null> =>
  page.locator(".steps [aria-current=step]").getAttribute("data-step");

test("? shows the keys, Escape closes them, and while they are shown the page keeps its place", async () => {
  const { page, complaints } = await open();
  await visit(page, address("#2"));
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.waitFor();
  expect(await dialog.locator("kbd").allInnerTexts()).toContain("→ or j");
  await page.keyboard.press("j");
  expect(await step(page)).toBe("2");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("j");
  expect(await step(page)).toBe("3");
  expect(complaints).toEqual([]);
});

test("j goes on, k goes back, and neither leaves the run", async () => {
  const { page } = await open();
  await visit(page, address());
  for (const [key, at] of [
    ["k", "0"],
    ["j", "1"],
    ["j", "2"],
    ["k", "1"],
  ] as const) {
    await page.keyboard.press(key);
    expect(await step(page)).toBe(at);
  }
});

test("in the search Enter takes the first hit, Escape leaves it, and keys are letters there", async () => {
  const { page } = await open();
  await visit(page, address());
  const search = page.locator(".search input");
  await page.keyboard.press("/");
  await page.keyboard.type("goes offline");
  await page.keyboard.press("Enter");
  expect(await step(page)).toBe("3");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("BODY");
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  expect(await search.inputValue()).toBe("");
  expect(await page.locator(".steps [data-step]").count()).toBe(8);
  await page.keyboard.press("j");
  expect(await step(page)).toBe("4");
});

test("Back undoes a choice, and Forward takes it again; a step is not a place to go back to", async () => {
  const { page } = await open();
  await visit(page, address("#1"));
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.locator("[data-action='outputDown.o0']").click();
  expect(await page.locator(".left").innerText()).toContain("You left the path after step 1");
  await page.goBack();
  await page.locator(".left").waitFor({ state: "detached" });
  expect(await step(page)).toBe("1");
  await page.goForward();
  await page.locator(".left").waitFor();
  expect(await step(page)).toBe("2");
});

test("a static page plays its steps to the violation, and stops where somebody steps by hand", async () => {
  const { page } = await open();
  await page.clock.install();
  await visit(page, address());
  const play = page.locator(".play");
  expect(await play.innerText()).toBe("▶ play the 6 steps");
  await page.keyboard.press("Space");
  expect(await step(page)).toBe("1");
  expect(await play.innerText()).toBe("❚❚ pause");
  await page.clock.runFor(1800);
  expect(await step(page)).toBe("2");
  await page.keyboard.press("k");
  await page.clock.runFor(18_000);
  expect(await step(page)).toBe("1");
  expect(await play.innerText()).toBe("▶ play on");
  await play.click();
  await page.clock.runFor(18_000);
  expect(await step(page)).toBe("6");
  expect(await play.innerText()).toBe("▶ play again");
  await play.click();
  expect(await step(page)).toBe("1");
});

test("dragging on the strip goes to the step under the pointer", async () => {
  const { page } = await open();
  await visit(page, address());
  const middle = async (column: number): Promise<readonly [number, number]> => {
    const box = await page.locator(`[data-column="${column}"]`).boundingBox();
    if (box === null) throw new Error(`there is no column ${column}`);
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.move(...(await middle(1)));
  await page.mouse.down();
  expect(await step(page)).toBe("1");
  await page.mouse.move(...(await middle(5)));
  expect(await step(page)).toBe("5");
  await page.mouse.move(...(await middle(3)));
  await page.mouse.up();
  await page.mouse.move(...(await middle(6)));
  expect(await step(page)).toBe("3");
});

test("on a telephone the button to play shows all of its words, and the marks take one row", async () => {
  const { page } = await open(390);
  await visit(page, address("#6"));
  const play = page.locator(".play");
  expect(await play.innerText()).toBe("▶ play again");
  const clipped = `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector(".play"))`;
  expect(await page.evaluate(clipped)).toBe(false);
  const tops = await page.evaluate<readonly number[]>(
    `[...document.querySelectorAll(".strip-marks .mark")].map((mark) => mark.getBoundingClientRect().top)`,
  );
  expect(tops).toHaveLength(2);
  expect(new Set(tops).size).toBe(1);
  expect(await page.locator(".strip-marks .mark").allInnerTexts()).toEqual([
    "no return at 5",
    "neverStuck at 6",
  ]);
});

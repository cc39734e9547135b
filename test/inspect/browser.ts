import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Starts Chromium; says so in a sentence if there is none, and never skips a test for it. */
async function startBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `these tests need Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM to its path`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page with everything that it should not do. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings on the console, and exceptions. */
  readonly complaints: string[];
  /** Requests that leave this machine. */
  readonly strangers: string[];
}

/** Opens an address and waits until the page has unpacked its data. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator(".page").waitFor();
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

const local = /^(file:|data:|blob:|(https?|ws):\/\/(127\.0\.0\.1|localhost)[:/])/;

/** Opens pages in one browser, which is closed after the tests. */
export function useBrowser(): (width?: number) => Promise<WatchedPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (width = 1280) => {
    if (browser === undefined) throw new Error("the browser has not started");
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      reducedMotion: "reduce",
    });
    const complaints: string[] = [];
    const strangers: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!local.test(request.url())) strangers.push(request.url());
    });
    page.on("websocket", (socket) => {
      if (!local.test(socket.url())) strangers.push(socket.url());
    });
    return { page, complaints, strangers };
  };
}

import { BadInput } from "../bad-input.ts";

/** Where an engine listens. */
export interface WatchedAddress {
  /** As it is shown: without user and password. */
  readonly shown: string;
  /** The address of a page, such as `/api/v1/storage`. */
  readonly page: (path: string) => URL;
}

/**
 * Reads the address of an engine: `http://127.0.0.1:2020`, without `http://`, or with a path before those of Fluent Bit, as behind a
 * proxy.
 *
 * @throws BadInput if it is none.
 */
export function watchedAddress(text: string): WatchedAddress {
  const given = /^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new BadInput(`"${text}" is no address such as http://127.0.0.1:2020`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new BadInput(`"${text}": an address begins with http:// or https://`);
  }
  const prefix = url.pathname.replace(/\/(?:api\/.*)?$/, "");
  return {
    shown: `${url.origin}${prefix}`,
    page: (path) => {
      const page = new URL(url);
      page.pathname = `${prefix}${path}`;
      page.search = "";
      page.hash = "";
      return page;
    },
  };
}

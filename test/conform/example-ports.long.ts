import { it } from "vitest";
import { expectConforms } from "./port-verdicts.ts";

it("the port in Python conforms to every release but park, in every transition of each small scope", async () => {
  await expectConforms(["python3", "test/ports/python/port.py"]);
});

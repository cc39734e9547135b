import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { fields, list, parse, part } from "../../cli/json-value.ts";
import { run } from "../../cli/recording-terminal.ts";

/** What https://apalache-mc.org/docs/adr/015adr-trace.html asks of a trace, as far as this writer goes. */
const schema = {
  type: "object",
  required: ["#meta", "vars", "states"],
  additionalProperties: false,
  properties: {
    "#meta": { type: "object", required: ["format"], properties: { format: { const: "ITF" } } },
    params: { type: "array", items: { type: "string" } },
    vars: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } },
    loop: { type: "integer", minimum: 0 },
    states: { type: "array", minItems: 1, items: { $ref: "#/$defs/state" } },
  },
  $defs: {
    state: {
      type: "object",
      required: ["#meta"],
      properties: {
        "#meta": {
          type: "object",
          required: ["index"],
          properties: { index: { type: "integer", minimum: 0 } },
        },
      },
      additionalProperties: { $ref: "#/$defs/expression" },
    },
    expression: {
      anyOf: [
        { type: ["string", "boolean"] },
        { type: "array", items: { $ref: "#/$defs/expression" } },
        {
          type: "object",
          required: ["#bigint"],
          additionalProperties: false,
          properties: { "#bigint": { type: "string", pattern: "^-?[0-9]+$" } },
        },
      ],
    },
  },
};

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const scopes = [
  "--release v3.0.1 --set outputs=2 --set chunks=3",
  "--release v5.1 --set crash=true --set backlog=true --set retryLimit=1",
  "--release published-fix --set chunks=3 --set taskMapSize=2 --set schedulerFails=true",
  "--release park",
];

async function violatedIn(words: readonly string[]): Promise<readonly string[]> {
  const { out } = await run(["check", "--json", ...words]);
  const properties = fields(part(parse(out), "runs", 0, "properties"));
  return [...properties].flatMap(([name, property]) =>
    part(property, "verdict") === "violated" ? [name] : [],
  );
}

describe("a run in the Informal Trace Format", () => {
  it("is there for every violated property, as the format asks", async () => {
    const met = new Set<string>();
    for (const scope of scopes) {
      const words = scope.split(" ");
      for (const property of await violatedIn(words)) {
        const { code, out } = await run(["export", ...words, "--itf", property]);
        expect([property, code]).toEqual([property, 0]);
        validate(parse(out));
        expect([scope, property, validate.errors]).toEqual([scope, property, null]);
        const states = list(parse(out), "states");
        const loop = part(parse(out), "loop");
        if (loop !== undefined) expect(Number(loop)).toBeLessThan(states.length);
        for (const state of states) {
          expect([...fields(state).keys()]).toEqual(["#meta", ...list(parse(out), "vars")]);
        }
        met.add(property);
      }
    }
    for (const kind of ["neverStuck", "recovery", "noStarvation", "quotaConserved"]) {
      expect([kind, met.has(kind)]).toEqual([kind, true]);
    }
  });
});

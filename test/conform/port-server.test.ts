import { expect, it } from "vitest";
import { release } from "../../models/releases/v3.0.4.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { conformScope } from "../../src/conform/conform-scopes.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { PortServer } from "../../src/conform/port/port-server.ts";

const server = new PortServer({
  name: "a test",
  subject: new EngineSubject(),
  releases: ["v3.0.4"],
  scopeOf: () => conformScope(release, defaultParameters, { name: "asked", title: "" }),
});

it("answers what is no proper request with an error, and changes nothing", async () => {
  const { answer: initial } = await server.answer('{"type":"reset"}');
  const whole = "slot, output and the outputs of a mask are whole numbers";
  for (const [request, error] of [
    ["", "that is no JSON object"],
    ["[]", "that is no JSON object"],
    ['{"type":"nope"}', 'there is no request of type "nope"'],
    ['{"type":"act"}', 'an act needs an "action"'],
    ['{"type":"act","action":"toString"}', 'the engine has no action "toString"'],
    ['{"type":"act","action":"ingest","slot":1.5,"mask":[0]}', whole],
    ['{"type":"act","action":"ingest","slot":"1","mask":[0]}', whole],
    ['{"type":"act","action":"ingest","slot":1,"mask":["0"]}', whole],
    ['{"type":"act","action":"ingest","slot":1,"mask":0}', whole],
    ['{"type":"act","action":"outputDown","output":null}', whole],
    ['{"type":"act","action":"ingest","slot":2,"mask":[0]}', "not enabled"],
    ['{"type":"act","action":"ingest","slot":-1,"mask":[0]}', "not enabled"],
    ['{"type":"act","action":"ingest","slot":1,"mask":[1]}', "not enabled"],
    ['{"type":"act","action":"ingest","slot":1}', "not enabled"],
  ] as const) {
    expect([request, await server.answer(request)]).toEqual([
      request,
      { answer: { type: "error", error }, ends: false },
    ]);
    expect(await server.answer('{"type":"state"}')).toEqual({ answer: initial, ends: false });
  }
});

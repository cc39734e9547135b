import { checkTlc } from "./check-tlc.ts";

process.exitCode = await checkTlc(process.argv.slice(2), "java", (text) => {
  process.stdout.write(text);
});

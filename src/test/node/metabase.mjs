// Checks a folder of Metabase's content with Metabase's own validator: node metabase.mjs FOLDER. Prints each problem, then how many files passed.
// The validator is under the AGPL: it is a tool of the tests, and nothing of it ships.
import { validateSchema } from "@metabase/representations";

const { results, passed, failed } = validateSchema({ folder: process.argv[2] });
for (const { file, status, errors } of results) {
  if (status === "fail") {
    for (const { path, message } of errors) console.log(`${file}: ${path} ${message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);

// Apache Annotator, in a page of jsdom, selects what our Web Annotations say. See README.md.

import fs from "node:fs";
import path from "node:path";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
for (const name of ["document", "Node", "NodeFilter", "Range", "AbstractRange", "Text", "CharacterData"]) {
  globalThis[name] = window[name];
}
const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");

const folder = process.argv[2];
const counts = { positions: 0, otherWords: 0, quotes: 0, notOnce: 0 };
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".jsonld")).sort()) {
  const text = path.join(folder, file.replace(".jsonld", ".txt"));
  if (!fs.existsSync(text)) continue;
  document.body.textContent = fs.readFileSync(text, "utf8");
  const { items } = JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")).first;
  for (const target of items.flatMap((item) => item.target).filter((one) => one.selector)) {
    const [position, quote] = target.selector;
    const words = [];
    for await (const range of createTextPositionSelectorMatcher(position)(document.body)) words.push(range.toString());
    counts.positions += 1;
    if (words.length !== 1 || words[0] !== quote.exact) counts.otherWords += 1;
    if (counts.positions % 20) continue; // searching for quotes is slow: every twentieth
    let found = 0;
    for await (const range of createTextQuoteSelectorMatcher(quote)(document.body)) found += range.toString() === quote.exact;
    counts.quotes += 1;
    if (found !== 1) counts.notOnce += 1;
  }
}
console.log(counts);
process.exit(counts.otherWords || counts.notOnce ? 1 : 0);

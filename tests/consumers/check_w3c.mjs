// Finds selectors in a DOM document, with Apache Annotator ("standard") or dom-anchor-text-position and -quote
// ("browser"). Reads [{text, fragments: [[quote selector, position selector]]}] and fails at the first that is not found.
// Run with NODE_CONSUMERS, the folder whose node_modules has the consumers.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.NODE_CONSUMERS}/package.json`));
const { JSDOM } = require("jsdom");
const window = new JSDOM("<!doctype html><body><pre></pre>").window;
const { document } = window;
for (const name of ["document", "Node", "NodeFilter", "Range", "Text"]) globalThis[name] = window[name] ?? window;
globalThis.document = document;

async function matches(matcher, scope) {
    const found = [];
    for await (const range of matcher(scope)) found.push(range);
    return found;
}

// Where a range begins, in UTF-16 units of the root's text: two ranges may name the same place by different nodes.
function start(range, root) {
    const before = document.createRange();
    before.setStart(root, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return before.toString().length;
}

async function standard(root) {
    const dom = await import(pathToFileURL(require.resolve("@apache-annotator/dom")));
    return {
        position: async s => (await matches(dom.createTextPositionSelectorMatcher(s), root))[0],
        quotes: async s => (await matches(dom.createTextQuoteSelectorMatcher(s), root)).map(range => start(range, root)),
    };
}

async function browser(root) {
    const unwrap = m => m.default ?? m;
    const position = unwrap(require("dom-anchor-text-position")), quote = unwrap(require("dom-anchor-text-quote"));
    return {
        position: async s => position.toRange(root, s),
        // its toRange fails at the very end of a text, where its toTextPosition does not
        quotes: async (s, at) => [quote.toTextPosition(root, s, { hint: at.start })?.start],
    };
}

let count = 0, unique = 0;
for (const { text, fragments } of JSON.parse(readFileSync(0, "utf8"))) {
    const root = document.querySelector("pre");
    root.textContent = text;
    const find = await (process.argv[2] === "browser" ? browser : standard)(root);
    for (const [quote, at] of fragments) {
        const range = await find.position(at);
        if (!range) throw new Error(`nothing at ${at.start}`);
        if (range.toString() !== quote.exact) throw new Error(`at ${at.start} is ${JSON.stringify(range.toString())}, not ${JSON.stringify(quote.exact)}`);
        const found = await find.quotes(quote, at);
        if (!found.includes(start(range, root))) throw new Error(`${JSON.stringify(quote.exact)} is not found by its words at ${at.start}`);
        count++;
        unique += found.length === 1;
    }
}
console.log(`${count} fragments found by position and by words, ${unique} of them by words alone`);

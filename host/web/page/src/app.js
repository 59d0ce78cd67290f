// Looks at the address and opens the page for it.
import { get } from "./api.js";
import { h, replace } from "./dom.js";
import { capital } from "./format.js";
import { header, problem } from "./parts.js";
import { homePage } from "./page_home.js";
import { expectWorld, mapPage } from "./page_map.js";
import { pathPage } from "./page_path.js";
import { ratePage } from "./page_rate.js";
import { statePage } from "./page_state.js";
import { stepPage } from "./page_step.js";
import { studyPage } from "./page_study.js";

// How many parts an address has behind its first, and how it looks in full
const pages = {
  "": { page: homePage, parts: [0, 0] }, live: { page: mapPage, parts: [1, 1], form: "/live/RUN" }, replay: { page: mapPage, parts: [1, 2], form: "/replay/RUN/STEP" },
  demo: { page: mapPage, parts: [1, 3], form: "/demo/RUN/STEP/SPEED" }, state: { page: statePage, parts: [3, 3], form: "/state/RUN/STEP/RESIDENT" },
  step: { page: stepPage, parts: [2, 2], form: "/step/RUN/STEP" }, study: { page: studyPage, parts: [1, 1], form: "/study/STUDY" },
  path_tester: { page: pathPage, parts: [0, 1], form: "/path_tester/MAP" }, rate: { page: ratePage, parts: [1, 1], form: "/rate/RUN" },
};
const ELSEWHERE = "Go back to the list of studies, or look at what the terminal with propersim serve says.";

const wrong = (message, what) => Object.assign(new Error(message), { status: 404, what });

// {kind, parts, page} of the address, whose last slash does not matter
function readAddress() {
  let kind, parts;
  try {
    [kind, ...parts] = location.pathname.slice(1).replace(/\/$/, "").split("/").map(decodeURIComponent);
  } catch {
    throw wrong("This address holds a % that stands for nothing.", "Write it as %25, or choose the page from the list of studies.");
  }
  const known = Object.hasOwn(pages, kind) ? pages[kind] : null;
  if (!known) throw wrong(`There is no page at ${location.pathname}.`, "Choose a study or a run from the list.");
  if (parts.length < known.parts[0] || parts.length > known.parts[1] || parts.includes(""))
    throw wrong(`This address is not complete, or too long: it looks like ${known.form}.`, "The list of studies leads to every run and its pages.");
  return { kind, parts, page: known.page };
}

async function open() {
  const root = document.getElementById("page");
  try {
    const { kind, parts, page } = readAddress();
    if (page === mapPage || page === pathPage) expectWorld();
    await page(root, kind, parts);
    document.body.dataset.ready = "yes";
  } catch (error) {
    if (!(error.status >= 0)) console.error(error);
    document.title = "Not shown · propersim";
    replace(root, header(), h("main", { id: "main" }, h("h1", "This page cannot be shown"), problem(capital(error.message), error.what ?? ELSEWHERE),
      h("p", h("a.button", { href: "/" }, "All studies"))));
    document.body.dataset.ready = "failed";
  }
}

// For tests and for people at the console
globalThis.propersim = { state: () => ({}), get };
open();

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

const pages = {
  "": homePage, live: mapPage, replay: mapPage, demo: mapPage, state: statePage, step: stepPage, study: studyPage,
  path_tester: pathPage, rate: ratePage,
};

async function open() {
  const root = document.getElementById("page");
  const [kind, ...parts] = location.pathname.slice(1).split("/").map(decodeURIComponent);
  if (pages[kind] === mapPage || pages[kind] === pathPage) expectWorld();
  try {
    await pages[kind](root, kind, parts);
    document.body.dataset.ready = "yes";
  } catch (error) {
    if (!(error.status >= 0)) console.error(error);
    replace(root, header(), h("main", { id: "main" }, h("h1", "This page cannot be shown"),
      problem(capital(error.message), "Go back to the list of studies, or look at what the terminal with propersim serve says."),
      h("p", h("a.button", { href: "/" }, "All studies"))));
    document.body.dataset.ready = "failed";
  }
}

// For tests and for people at the console
globalThis.propersim = { state: () => ({}), get };
open();

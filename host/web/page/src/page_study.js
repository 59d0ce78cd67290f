export async function studyPage(root) { root.textContent = "not here yet"; }

export async function pathPage(root) { root.textContent = "not here yet"; }

export async function stepPage(root) { root.textContent = "not here yet"; }

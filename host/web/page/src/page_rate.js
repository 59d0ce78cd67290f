export async function ratePage(root) { root.textContent = "not here yet"; }

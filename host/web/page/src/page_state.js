export async function statePage(root) { root.textContent = "not here yet"; }

// Pointer, fingers and wheel on the map: drag moves the camera, wheel and pinch change its size, a click names a tile.

/** Listens on the stage of a world until the page is left. */
export function listen(world) {
  const held = new Map();
  let moved = 0, spread = 0;
  world.stage.addEventListener("pointerdown", (e) => {
    if (e.target.closest("button, a") || e.button > 0) return;
    held.set(e.pointerId, { x: e.clientX, y: e.clientY });
    world.stage.setPointerCapture(e.pointerId);
    moved = 0;
  });
  world.stage.addEventListener("pointermove", (e) => {
    const last = held.get(e.pointerId);
    if (!last) return;
    const dx = e.clientX - last.x, dy = e.clientY - last.y;
    held.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (held.size === 2) {
      const [a, b] = [...held.values()], now = Math.hypot(a.x - b.x, a.y - b.y), r = world.stage.getBoundingClientRect();
      if (spread && Math.abs(now / spread - 1) > 0.35) {
        world.zoomBy(now > spread ? 1 : -1, { x: (a.x + b.x) / 2 - r.left, y: (a.y + b.y) / 2 - r.top });
        spread = now;
      }
      spread ||= now;
      moved = 99;
      return;
    }
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved > 4) { world.stage.classList.add("dragging"); world.pan(-dx, -dy); }
  });
  const release = (e) => {
    if (!held.delete(e.pointerId)) return;
    spread = 0;
    world.stage.classList.remove("dragging");
    const tile = moved <= 4 && e.type === "pointerup" ? world.tileAt(e.clientX, e.clientY) : null;
    if (tile) world.onTile?.(tile);
  };
  world.stage.addEventListener("pointerup", release);
  world.stage.addEventListener("pointercancel", release);
  let turned = 0;
  world.stage.addEventListener("wheel", (e) => {
    e.preventDefault();
    turned += e.deltaY;
    if (Math.abs(turned) < 40) return;
    const r = world.stage.getBoundingClientRect();
    world.zoomBy(turned < 0 ? 1 : -1, { x: e.clientX - r.left, y: e.clientY - r.top });
    turned = 0;
  }, { passive: false });
}
